import type { Pool } from 'pg';
import { append, type AppendRequest } from '#libs/journal';
import { generatedRequests } from './events.js';

const BATCH = 2000;

/** Appends so many generated events; answers how many a second, and their mean size in bytes of data. */
export async function fillJournal(
  pool: Pool,
  count: number,
): Promise<{ readonly rate: number; readonly bytes: number }> {
  let [batch, bytes, appending]: [AppendRequest[], number, number] = [[], 0, 0];
  const send = async (): Promise<void> => {
    const began = performance.now();
    await append(pool, batch);
    appending += performance.now() - began;
    batch = [];
  };
  for (const request of generatedRequests(count)) {
    bytes += Buffer.byteLength(request.data);
    batch.push(request);
    if (batch.length === BATCH) await send();
  }
  if (batch.length > 0) await send();
  return { rate: (count / appending) * 1000, bytes: bytes / count };
}
