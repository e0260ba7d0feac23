import { once } from 'node:events';
import net from 'node:net';

/** When a connection is cut at the statement that is waited for: before the server has it, or when it has answered. */
export type Cut = 'before' | 'after';

/** A way to a Postgres that can be cut. */
export interface CuttingProxy {
  readonly url: string;
  /** Cuts the connections on which the next statements named so are sent, one for each element. */
  cutAt(statement: string, cuts: readonly Cut[]): void;
  /** While it is away, every connection ends and none is taken. */
  setAway(away: boolean): void;
  /** Connections that were not taken, in all. */
  notTaken(): number;
  close(): Promise<void>;
}

/** The end of an answer: ReadyForQuery, outside a transaction, so what was sent is committed. */
const READY = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);

export async function startCuttingProxy(target: string): Promise<CuttingProxy> {
  const server = new URL(target);
  const sockets = new Set<net.Socket>();
  let wanted = '';
  let cuts: Cut[] = [];
  let isAway = false;
  let notTaken = 0;
  const destroyAll = (): void => sockets.forEach((socket) => socket.destroy());

  const proxy = net.createServer((client) => {
    if (isAway) {
      notTaken += 1;
      return void client.destroy();
    }
    const upstream = net.connect(Number(server.port), server.hostname);
    let cutting = false;
    const cut = (): void => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', cut).on('close', cut);
    }
    client.on('data', (chunk) => {
      const how = wanted !== '' && chunk.includes(wanted) ? cuts.shift() : undefined;
      if (how === 'before') return cut();
      cutting ||= how === 'after';
      upstream.write(chunk);
    });
    upstream.on('data', (chunk) => {
      if (!cutting) client.write(chunk);
      else if (chunk.subarray(-READY.length).equals(READY)) cut();
    });
  });

  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const url = new URL(target);
  url.host = `127.0.0.1:${(proxy.address() as net.AddressInfo).port}`;
  return {
    url: url.href,
    cutAt(statement, how) {
      wanted = statement;
      cuts = [...how];
    },
    setAway(away) {
      isAway = away;
      if (away) destroyAll();
    },
    notTaken: () => notTaken,
    async close() {
      destroyAll();
      proxy.close();
      await once(proxy, 'close');
    },
  };
}
