import { z } from 'zod';
import * as contracts from '#libs/contracts';

/** Parts that many events share; each becomes one definition of its name in every schema that uses it. */
const PARTS = {
  category: contracts.category,
  change: contracts.change,
  citation: contracts.citation,
  conversion: contracts.conversion,
  day: contracts.day,
  edtf: contracts.edtfText,
  'event-name': contracts.eventName,
  json: contracts.anyJson,
  language: contracts.language,
  line: contracts.line,
  'line-id': contracts.lineId,
  money: contracts.money,
  party: contracts.party,
  'party-id': contracts.partyId,
  pledge: contracts.pledgeName,
  quantity: contracts.quantity,
  ref: contracts.ref,
  slug: contracts.slug,
  stream: contracts.streamName,
} as const satisfies Record<string, z.ZodType>;

for (const [id, part] of Object.entries(PARTS)) z.globalRegistry.add(part, { ...part.meta(), id });
