/**
 * Stands between a process and PostgreSQL and can hold a transaction at its COMMIT: before the
 * server gets it, when everything is written and nothing is recorded, or after, when everything is
 * recorded and the process doesn't know.
 */
import { connect, createServer, type Socket } from 'node:net';
import type { Gates } from './gates.ts';

export type PostgresRelay = { close: () => void };

/** A COMMIT as a message of its own; "READ COMMITTED" has no zero byte behind the word. */
const COMMIT = 'COMMIT\0';
const BEGIN = /BEGIN[\0 ]/;

/** Text of a statement by which a transaction is known, and the label its COMMIT gets. */
export type Marks = Readonly<Record<string, string>>;

/** Hands chunks on one after the other; a held one holds all behind it. */
class Lane {
  #tail: Promise<void> = Promise.resolve();

  push(work: () => Promise<void>): void {
    this.#tail = this.#tail.then(work).catch(() => undefined);
  }
}

function relay(client: Socket, server: Socket, gates: Gates, marks: Marks): void {
  const [up, down] = [new Lane(), new Lane()];
  /** Labels of the transaction under way, and of the COMMIT whose reply is awaited. */
  let begun = new Set<string>();
  let awaited: string[] = [];
  const end = (): void => {
    client.destroy();
    server.destroy();
  };
  const passAll = async (labels: Iterable<string>, side: 'request' | 'reply'): Promise<boolean> => {
    for (const label of labels)
      if ((await gates.through(label, side)) === 'cut') {
        end();
        return false;
      }
    return true;
  };
  client.on('data', (chunk: Buffer) => {
    const text = chunk.toString('latin1');
    // What a statement outside of any transaction did is not this one's.
    if (BEGIN.test(text)) begun = new Set();
    for (const [mark, label] of Object.entries(marks)) if (text.includes(mark)) begun.add(label);
    const labels = text.includes(COMMIT) ? [...begun] : [];
    if (text.includes(COMMIT)) begun = new Set();
    up.push(async () => {
      if (!(await passAll(labels, 'request'))) return;
      awaited = labels;
      server.write(chunk);
    });
  });
  server.on('data', (chunk: Buffer) => {
    down.push(async () => {
      const labels = awaited;
      awaited = [];
      if (await passAll(labels, 'reply')) client.write(chunk);
    });
  });
  client.on('error', () => undefined);
  server.on('error', () => undefined);
  // What was sent before the end still arrives, unless it is cut off.
  client.on('close', () => up.push(async () => server.destroySoon()));
  server.on('close', () => down.push(async () => client.destroySoon()));
}

/** @param ports where it listens, and where PostgreSQL does; both on the loopback interface. */
export async function startPostgresRelay(
  ports: { listen: number; target: number },
  gates: Gates,
  marks: Marks,
): Promise<PostgresRelay> {
  const open = new Set<Socket>();
  const listener = createServer((client) => {
    open.add(client);
    client.once('close', () => open.delete(client));
    relay(client, connect(ports.target, '127.0.0.1'), gates, marks);
  });
  await new Promise<void>((resolve) => listener.listen(ports.listen, '127.0.0.1', resolve));
  return {
    close: () => {
      listener.close();
      for (const client of open) client.destroy();
    },
  };
}
