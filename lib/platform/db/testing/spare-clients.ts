/**
 * Clients of the database whose test is over, for the next one. Making one costs 40 ms of processor time and 12 MB,
 * and each learns the plans of queries anew; a file of tests makes several. A spare one has no connection, and what it
 * keeps is the schema and how queries are planned: nothing of a database. Each time it is handed out under an identity
 * of its own, since code that remembers something of a database remembers it by its client.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { databaseFor, poolSettings, type Database, type DatabaseOptions } from '../client.ts';
import { notePool, poolOf } from '../direct.ts';

/** As long as the answer to a statement may take, and some more. */
const QUIET_WITHIN_MS = 20_000;

const spare: Database[] = [];
const originals = new WeakMap<Database, Database>();

/** A client of the database at `url`: a spare one, or a new one where there is none. */
export function borrowClient(url: string, options: DatabaseOptions = {}): Database {
  const original = spare.pop() ?? databaseFor(url, options);
  const pool = poolOf(original);
  Object.assign(pool.options, poolSettings(url, options));
  // The same engine and pool under a new object. An extension of nothing changes no type.
  const client = original.$extends({}) as unknown as Database;
  notePool(client, pool);
  originals.set(client, original);
  return client;
}

async function until(holds: () => boolean): Promise<boolean> {
  const end = Date.now() + QUIET_WITHIN_MS;
  while (!holds()) {
    if (Date.now() > end) return false;
    await delay(2);
  }
  return true;
}

/** Waits for what a test left under way, as the end of a pool does. */
export async function quiet(client: Database): Promise<void> {
  const pool = poolOf(client);
  await until(() => pool.totalCount === pool.idleCount && pool.waitingCount === 0);
}

/**
 * Takes a client back whose database is dropped, which ended its connections. One that a test disconnected, or that
 * still holds a connection, is given up.
 */
export async function returnClient(client: Database): Promise<void> {
  const pool = poolOf(client);
  const original = originals.get(client);
  if (original && !pool.ending && (await until(() => pool.totalCount === 0))) spare.push(original);
  else await client.$disconnect();
}
