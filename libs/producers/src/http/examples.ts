import { readFileSync } from 'node:fs';
import { cloudEvent, newestVersion, type CloudEvent, type EventTypeName } from '#libs/contracts';

/** The published example of a type in its newest version: the same file that readers of the language find. */
export function exampleOf(type: EventTypeName): CloudEvent {
  const file = new URL(`../../../../events/${type}/v${newestVersion(type)}.example.json`, import.meta.url);
  return cloudEvent.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** The data of a type's example as it is sent to a stream of a kind: on a promise's own stream a draw names no other. */
export function exampleDataFor(kind: string, type: EventTypeName): Record<string, unknown> {
  const { data } = exampleOf(type);
  if (kind !== 'pledge' || !Array.isArray(data['draws'])) return data;
  const draws = (data['draws'] as Record<string, unknown>[]).map(({ pledge: _pledge, ...draw }) => draw);
  return { ...data, draws };
}
