import type { Json } from '#libs/contracts';

/**
 * An event that came in binary mode, as it would stand in structured mode: whatever carries it, it is checked and hashed
 * as the same event.
 * Source: CloudEvents 1.0.2, bindings for HTTP (section 3.1) and Kafka (section 3.2).
 *
 * @param attributes as text, under their CloudEvents names
 */
export const eventOfBinary = (attributes: ReadonlyMap<string, string>, data: Json): { [key: string]: Json } => ({
  ...Object.fromEntries(attributes),
  data,
});
