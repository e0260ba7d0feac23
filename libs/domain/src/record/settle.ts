import { nameOf, splitName, type RecordEvent } from '#libs/contracts';
import type { History } from '../history.js';
import type { Refusal } from '../refusal.js';

type Settled = Extract<RecordEvent, { type: 'litopys.record.settled.v1' }>;

/** A settlement ends a dispute that stands on its stream, about the same event. */
export function refuseSettlement(history: History, record: Settled): Refusal[] {
  const { dispute, about } = record.data;
  if (dispute === undefined) return [];
  const { stream, version } = splitName(dispute);
  const named = stream === record.stream ? history.find((one) => one.version === version) : undefined;
  if (named?.type === 'litopys.record.disputed.v1' && named.data.about === about) return [];
  const standing = history.flatMap((one) =>
    one.type === 'litopys.record.disputed.v1' && one.data.about === about ? [nameOf(one)] : [],
  );
  return [
    {
      rule: 'dispute-unknown',
      field: '/dispute',
      detail: `${dispute} is no dispute about ${about}.`,
      mend:
        standing.length > 0
          ? `Disputes about it: ${standing.join(', ')}.`
          : 'None was told: leave dispute out, and name in path what was in question.',
    },
  ];
}
