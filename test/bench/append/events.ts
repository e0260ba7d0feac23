import { canonicalJson, dataschemaOf, eventType, type EventTypeName } from '#libs/contracts';
import { dataHashOf, type AppendRequest } from '#libs/journal';

const TYPE: EventTypeName = 'statement.issued';
export const SOURCE = 'urn:litopys:bench';

/** The opening of a stream as a reporter would send it, about 600 bytes of data. */
const DATA = {
  title: 'The minister says that the air defence package will arrive before winter',
  summary:
    'At a press conference in Kyiv the minister says that two batteries and their ammunition are on their way, and that training of their crews has begun.',
  lang: 'en',
  occurred: '2025-08-24',
  known_since: '2025-08-24',
  form: 'press-conference',
  places: ['Kyiv'],
  parties: [{ id: 'person:some-minister', name: 'Some Minister', role: 'speaker', on_behalf_of: 'state:ca' }],
  citations: [
    {
      publisher: 'A newspaper',
      title: 'Package to arrive before winter, minister says',
      url: 'https://example.org/2025/08/24/package',
      published: '2025-08-24',
      language: 'en',
      standing: 'press',
    },
  ],
};

const slugOf = (number: number): string => `bench-${number}`;
export const dataNumber = (number: number) => ({ ...DATA, slug: slugOf(number) });
export const streamNumber = (number: number): string => `statement/${slugOf(number)}`;

const [HEAD = '', TAIL = ''] = canonicalJson({ ...DATA, slug: '|' }).split('|');

/** A CloudEvent, the same for the same number. */
export const eventNumber = (number: number) => ({
  specversion: '1.0' as const,
  id: `event-${number}`,
  source: SOURCE,
  type: eventType(TYPE),
  subject: streamNumber(number),
  data: dataNumber(number),
});

/** What the journal is asked for that event, put together so cheaply that the making of it is no part of the figures. */
export function requestNumber(number: number): AppendRequest {
  const data = `${HEAD}${slugOf(number)}${TAIL}`;
  return {
    stream: streamNumber(number),
    expectedVersion: 0,
    source: SOURCE,
    id: `event-${number}`,
    fingerprint: dataHashOf(data),
    type: eventType(TYPE),
    dataschema: dataschemaOf(TYPE),
    time: null,
    knownSince: '2025-08-24',
    knownBasis: 'stated',
    actor: SOURCE,
    correlationId: null,
    causationId: null,
    data,
  };
}
