import { feedHead, lastPositionAt, type FeedHead } from '#libs/journal';
import { TransientError } from '#libs/platform';
import type { ViewSource } from '#libs/projection';
import type { ReadPlace } from '../answer/answer.js';

/** How long a read beyond the feed's head waits for it. */
const WAIT_MS = 5000;
const LOOK_MS = 50;

async function headAtLeast({ pool, feed }: ViewSource, position: number): Promise<FeedHead> {
  const deadline = performance.now() + WAIT_MS;
  for (;;) {
    const head = await feedHead(pool, feed);
    if (head.position >= position) return head;
    if (performance.now() > deadline)
      throw new TransientError(`the feed ends at position ${head.position}`, {
        code: 'not-recorded-yet',
        field: 'as_recorded_at',
        mend: 'try again in a moment; a position that the journal has not given out never comes',
      });
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

/**
 * Where a read of the events themselves stands: the feed's head, or the position or time that is asked for.
 * @throws TransientError where that position is not recorded within five seconds
 */
export async function feedPlace(source: ViewSource, asked: number | string | undefined): Promise<ReadPlace> {
  const head = await headAtLeast(source, typeof asked === 'number' ? asked : 0);
  if (asked === undefined) return { position: head.position, knownAt: null, final: false };
  if (typeof asked === 'number') return { position: asked, knownAt: null, final: true };
  const by = await lastPositionAt(source.pool, source.feed, asked);
  const isPassed = by < head.position;
  return { position: isPassed ? by : head.position, knownAt: null, final: isPassed };
}
