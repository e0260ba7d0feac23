import { contextOf, type CloudEvent, type ContextName } from '#libs/contracts';
import { TransientError, ValidationError, type Problem } from '#libs/platform';

/** Where each producer listens. */
export type Producers = Readonly<Record<ContextName, { readonly url: string }>>;

/** What a producer says, as the error that it was there. */
async function refusalOf(answer: Response): Promise<Error> {
  const said = await answer.text();
  if (answer.status >= 500) return new TransientError(`a producer answered ${answer.status}: ${said}`);
  const { detail, code, errors } = JSON.parse(said) as Problem;
  return new ValidationError(detail, { code, errors });
}

/**
 * Posts an event to the producer that owns its stream.
 * @throws ValidationError with what the producer says, where it refuses; TransientError where it cannot take it now
 */
export async function sendToProducer(producers: Producers, event: CloudEvent): Promise<void> {
  const context = contextOf(event.subject);
  if (context === undefined) throw new Error(`no producer owns ${event.subject}`);
  const answer = await fetch(`${producers[context].url}/v1/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/cloudevents+json' },
    body: JSON.stringify(event),
  });
  if (!answer.ok) throw await refusalOf(answer);
}
