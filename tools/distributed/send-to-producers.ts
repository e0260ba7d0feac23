import { contextOf, type CloudEvent, type ContextName } from '#libs/contracts';

/** Where each producer listens. */
export type Producers = Readonly<Record<ContextName, { readonly url: string }>>;

/** Posts an event to the producer that owns its stream. @throws Error with what the producer says, where it refuses */
export async function sendToProducer(producers: Producers, event: CloudEvent): Promise<void> {
  const context = contextOf(event.subject);
  if (context === undefined) throw new Error(`no producer owns ${event.subject}`);
  const answer = await fetch(`${producers[context].url}/v1/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/cloudevents+json' },
    body: JSON.stringify(event),
  });
  if (!answer.ok) throw new Error(`${event.source} ${event.id} was refused by ${context}: ${await answer.text()}`);
}
