import type { Pool } from 'pg';
import { dataHashOf, type AppendRequest } from '#libs/journal';
import { makePool } from '#libs/platform';
import { freshDatabase } from './database.js';

/** An empty journal in a database of its own. */
export interface TestJournal {
  readonly url: string;
  /** As the owner of the schema, which may do what no app may. */
  readonly owner: Pool;
  /** As the apps connect. */
  readonly app: Pool;
  close(): Promise<void>;
}

export async function freshJournal(): Promise<TestJournal> {
  const database = await freshDatabase();
  const owner = makePool(database.url);
  const app = makePool(database.url, { role: 'litopys_app' });
  return {
    url: database.url,
    owner,
    app,
    async close() {
      await Promise.all([owner.end(), app.end()]);
      await database.drop();
    },
  };
}

/** A request for an event with this id; what is left out is made up. The same arguments give the same fingerprint. */
export function exampleRequest(id: string, given: Partial<AppendRequest> = {}): AppendRequest {
  const data = given.data ?? `{"title":"${id}"}`;
  return {
    stream: 'pledge/example',
    source: 'urn:litopys:test',
    id,
    fingerprint: dataHashOf(`${given.stream ?? ''} ${data}`),
    type: 'litopys.pledge.announced.v1',
    dataschema: 'urn:litopys:schema:pledge.announced:v1',
    time: null,
    knownSince: '2025-08-24',
    knownBasis: 'source',
    actor: 'key:test',
    correlationId: null,
    causationId: null,
    expectedVersion: null,
    ...given,
    data,
  };
}
