import { readFileSync } from 'node:fs';
import { cloudEvent, type CloudEvent, type EventTypeName } from '#libs/contracts';

/** The published example of a type: the same file that readers of the language find. */
export function exampleOf(type: EventTypeName): CloudEvent {
  const file = new URL(`../../../../events/${type}/v1.example.json`, import.meta.url);
  return cloudEvent.parse(JSON.parse(readFileSync(file, 'utf8')));
}
