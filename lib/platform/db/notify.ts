/** Notices between processes: what changed, never its content. Sent when the transaction commits. */
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Tx } from './transaction.ts';

const channel = 'countersign';
/** A connection that died without a word is noticed within about two of these. */
const pulseMs = 15_000;
const firstPauseMs = 100;
const lastPauseMs = 5_000;

export type Notice = {
  /** Area of what changed, such as `operations`. */
  topic: string;
  /** The record it is about, null for the whole area. */
  id: string | null;
};

/** Given to listeners after a connection was lost: notices may have been missed, so read everything again. */
export const anythingMayHaveChanged: Notice = { topic: '*', id: null };

/** Topic of notices that a session ended, with the session's id. They are for servers only. */
export const sessionsTopic = 'sessions';

/** Topic of notices that a sealed text does not open, with its table and commitment. They are for the worker only. */
export const unopenedTopic = 'unopened-texts';

/** Tells listeners of a change when, and only when, the caller's transaction commits. */
export async function publish(
  tx: Pick<Tx, '$executeRaw'>,
  notice: { topic: string; id?: string | null },
): Promise<void> {
  const text = JSON.stringify({ topic: notice.topic, id: notice.id ?? null });
  await tx.$executeRaw`select pg_notify(${channel}, ${text})`;
}

/** The same for many records of one area, in one statement. */
export async function publishAll(
  tx: Pick<Tx, '$executeRaw'>,
  topic: string,
  ids: readonly string[],
): Promise<void> {
  const texts = ids.map((id) => JSON.stringify({ topic, id }));
  await tx.$executeRaw`select pg_notify(${channel}, t) from unnest(${texts}::text[]) t`;
}

export type Subscription = { close(): Promise<void> };

/**
 * Calls `onNotice` with every notice, over a connection of its own that is made again whenever it
 * is lost. `onNotice` must not throw.
 * @throws when the first connection can't be made.
 */
export async function listen(
  url: string,
  onNotice: (notice: Notice) => void,
): Promise<Subscription> {
  const stop = new AbortController();
  let session = await openSession(url, onNotice);
  const watch = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      await session.ended;
      const next = await reopenSession(url, onNotice, stop.signal);
      if (!next) return;
      session = next;
      if (stop.signal.aborted) await session.close();
      else onNotice(anythingMayHaveChanged);
    }
  };
  const watching = watch();
  return {
    close: async () => {
      stop.abort();
      await session.close();
      await watching;
    },
  };
}

type Session = { ended: Promise<void>; close(): Promise<void> };

async function openSession(url: string, onNotice: (notice: Notice) => void): Promise<Session> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'countersign notices',
    connectionTimeoutMillis: 5_000,
    query_timeout: 10_000,
    keepAlive: true,
  });
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  client.once('end', end);
  client.on('error', () => end());
  client.on('notification', ({ payload }) => {
    const notice = readNotice(payload);
    if (notice) onNotice(notice);
  });
  try {
    await client.connect();
    await client.query(`listen ${channel}`);
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
  const pulse = setInterval(() => {
    client.query('select').catch(() => end());
  }, pulseMs);
  const close = async (): Promise<void> => {
    clearInterval(pulse);
    end();
    await client.end().catch(() => undefined);
  };
  void ended.then(close);
  return { ended, close };
}

async function reopenSession(
  url: string,
  onNotice: (notice: Notice) => void,
  signal: AbortSignal,
): Promise<Session | null> {
  for (let pauseMs = firstPauseMs; !signal.aborted; pauseMs = Math.min(pauseMs * 2, lastPauseMs)) {
    try {
      return await openSession(url, onNotice);
    } catch {
      await pause(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }
  return null;
}

/** Anybody with a database role can notify; what isn't ours is passed over. */
function readNotice(payload: string | undefined): Notice | null {
  try {
    const value: unknown = JSON.parse(payload ?? '');
    if (typeof value !== 'object' || value === null) return null;
    const { topic, id } = value as { topic?: unknown; id?: unknown };
    if (typeof topic !== 'string') return null;
    return { topic, id: typeof id === 'string' ? id : null };
  } catch {
    return null;
  }
}
