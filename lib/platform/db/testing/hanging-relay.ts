/** Stands between a client and PostgreSQL and can fall silent as a hung server does: it closes nothing. */
import { connect, createServer, type Socket } from 'node:net';

export type HangingRelay = {
  /** The database through the relay. */
  url: string;
  /** From now on nothing passes, on connections of before and on new ones. */
  hang(): void;
  /** New connections pass again; those of before stay silent for good. */
  recover(): void;
  /** What was held back passes, late. */
  thaw(): void;
  close(): void;
};

type Pair = readonly [Socket, Socket];

const hold = (pair: Pair): void => {
  for (const socket of pair) socket.pause();
};

export async function startHangingRelay(target: string): Promise<HangingRelay> {
  const { hostname, port } = new URL(target);
  const open = new Set<Pair>();
  let isHung = false;
  const listener = createServer((client) => {
    const server = connect(Number(port), hostname);
    const pair = [client, server] as const;
    open.add(pair);
    const end = (): void => {
      open.delete(pair);
      for (const socket of pair) socket.destroy();
    };
    for (const [from, to] of [pair, [server, client]] as const) {
      from.on('data', (chunk: Buffer) => to.write(chunk));
      from.on('error', end);
      from.on('close', end);
    }
    if (isHung) hold(pair);
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const address = listener.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const url = new URL(target);
  url.host = `127.0.0.1:${address.port}`;
  return {
    url: url.href,
    hang: () => {
      isHung = true;
      for (const pair of open) hold(pair);
    },
    recover: () => {
      isHung = false;
    },
    thaw: () => {
      isHung = false;
      for (const pair of open) for (const socket of pair) socket.resume();
    },
    close: () => {
      listener.close();
      for (const pair of open) for (const socket of pair) socket.destroy();
    },
  };
}
