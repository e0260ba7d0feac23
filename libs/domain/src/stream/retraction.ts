import { mend } from '#libs/contracts';
import type { Command } from '../command.js';
import { isRetracted, LAST_DAY, type History } from '../history.js';
import type { Refusal } from '../refusal.js';

/** Whether the whole stream stands retracted when everything is known. */
export function isStreamRetracted(history: History): boolean {
  const wasEver = history.some(
    (event) => event.type === 'litopys.record.retracted.v1' && event.data.scope === 'stream',
  );
  return wasEver && mend(history).some((mended) => isRetracted(mended, 'stream', LAST_DAY));
}

/** A stream that is retracted whole takes nothing but its reinstatement. */
export function refuseOnRetracted(history: History, command: Command): Refusal[] {
  if (command.type === 'record.reinstated' || !isStreamRetracted(history)) return [];
  return [
    {
      rule: 'stream-retracted',
      field: 'subject',
      detail: `${command.stream} is retracted as a whole.`,
      mend: 'Reinstate it first (record.reinstated about the event that the retraction names), or open another stream.',
    },
  ];
}
