import { createHash, randomUUID } from 'node:crypto';

/** Namespace of names that are URLs. Source: RFC 9562, section 6.6. */
const URL_NAMESPACE = '6ba7b811-9dad-11d1-80b4-00c04fd430c8';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A UUID of version 5: the same name gives the same id. Source: RFC 9562, section 5.5. */
export function uuidV5(namespace: string, name: string): string {
  const hash = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = hash.toString('hex', 0, 16);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/**
 * The id of an event that comes without one: a key that is a UUID is the id itself, any other key one made of its owner
 * and the key; without a key a new one, so that a repeat is another event.
 */
export function eventId(owner: string, idempotencyKey: string | undefined): string {
  if (idempotencyKey === undefined) return randomUUID();
  if (UUID.test(idempotencyKey)) return idempotencyKey.toLowerCase();
  return uuidV5(uuidV5(URL_NAMESPACE, owner), idempotencyKey);
}
