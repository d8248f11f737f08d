/** One connection for a short piece of work, which a hung server can't keep for ever. */
import { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

/** How long the server may take over the goodbye. */
const goodbyeMs = 2_000;

export type ClientLimits = {
  /** Shown in the server's list of sessions after `countersign`. */
  name: string;
  /** Milliseconds for making the connection. */
  connectMs?: number;
  /** Milliseconds for the answer to one statement, locks that it waits for included. */
  answerMs?: number;
};

/**
 * Connects, does `work` and ends the connection, each within its limit.
 * @throws Error of the server or of the network, or that a limit ran out
 */
export async function withClient<T>(
  url: string,
  { name, connectMs = 10_000, answerMs = 30_000 }: ClientLimits,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  // Of our own, so that it can be closed when the server does not answer the goodbye.
  const socket = new Socket();
  const client = new pg.Client({
    connectionString: url,
    application_name: `countersign ${name}`,
    connectionTimeoutMillis: connectMs,
    query_timeout: answerMs,
    stream: () => socket,
  });
  // A connection that breaks is reported by the statement that needs it.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    const patience = new AbortController();
    const late = pause(goodbyeMs, undefined, { signal: patience.signal });
    await Promise.race([client.end(), late]).catch(() => undefined);
    patience.abort();
    await late.catch(() => undefined);
    socket.destroy();
  }
}
