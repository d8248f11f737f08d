/**
 * Looks whether anything that was taken out stands in the database still: in every table that the worker may read, in every
 * sealed text of other rooms, and in texts and files of requests. It looks before the key goes, since afterwards nobody
 * knows any more what to look for.
 */
import pg from 'pg';
import { textTables } from '#lib/audit/sealed-text.ts';
import { noteBroken } from '#lib/persons/texts/open-found.ts';
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { readRows } from '#lib/resilience/drills/read-rows.ts';
import { readTables, settle, type Table } from '#lib/resilience/drills/read-tables.ts';
import { needlesOf } from '../scan/needles.ts';
import { Places, type Place } from '../scan/place.ts';
import { scanSealed } from '../scan/scan-sealed.ts';
import { lookAtRows } from '../scan/scan-tables.ts';
import { sealedColumns } from '../scan/sealed-columns.ts';
import type { KeptPlace, Looked } from './phases.ts';

const placesMax = 20;
/** Rows of one column that are told apart; what is beyond counts as found. */
const rowsMax = 1_000;

/** Why one of the values stays in a place; null where nothing says that it may. */
export type WhyKept = (place: Place) => Pick<KeptPlace, 'article' | 'why'> | null;

/**
 * What does not open is put on record and named.
 * @param values of people whose values were taken out; they stay in memory.
 * @param whyKept tells what stays by law from what was left behind.
 */
export async function lookForValues(
  db: Database,
  values: readonly string[],
  { databaseUrl, signal }: { databaseUrl: string; signal: AbortSignal },
  whyKept: WhyKept,
): Promise<Looked> {
  if (values.length === 0)
    return { found: [], kept: [], unopened: [], tables: 0, rows: 0, sealed: 0, unread: [] };
  const client = new pg.Client({ connectionString: databaseUrl });
  // A connection that breaks fails whatever is asked of it.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await settle(client);
    const options = {
      needles: needlesOf(values),
      places: new Places(rowsMax),
      signal,
      report: () => undefined,
      keys: dataKeys(),
    };
    const { readable, unread } = await readableTables(client);
    let rows = 0;
    for (const table of readable) {
      signal.throwIfAborted();
      const into = lookAtRows(table, options);
      rows += (await readRows(client, table, { bytewise: false, signal, into })).rows;
    }
    const texts = sealedColumns.filter(
      ({ table }) => isText(table) && readable.some(({ name }) => name === table),
    );
    const { opened, broken } = await scanSealed(client, texts, options);
    await noteBroken(db, broken.rows);
    return {
      ...foundIn(options.places, whyKept),
      unopened: broken.places,
      tables: readable.length,
      rows,
      sealed: opened,
      unread,
    };
  } finally {
    await client.end();
  }
}

const looked: readonly string[] = [...textTables, 'privacy_request_text', 'privacy_request_file'];
const isText = (table: string): boolean => looked.includes(table);

async function readableTables(client: pg.Client): Promise<{ readable: Table[]; unread: string[] }> {
  const tables = await readTables(client);
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and has_table_privilege(c.oid, 'select')`,
  );
  const may = new Set(rows.map(({ name }) => name));
  return {
    readable: tables.filter(({ name }) => may.has(name)),
    unread: tables.map(({ name }) => name).filter((name) => !may.has(name)),
  };
}

function foundIn(places: Places, whyKept: WhyKept): Pick<Looked, 'found' | 'kept'> {
  const found = new Map<string, number>();
  const kept = new Map<string, KeptPlace>();
  for (const place of places.named) {
    const { where } = place;
    const why = whyKept(place);
    if (why === null) {
      found.set(where, (found.get(where) ?? 0) + 1);
      continue;
    }
    const key = `${where} ${why.why}`;
    kept.set(key, { where, ...why, count: (kept.get(key)?.count ?? 0) + 1 });
  }
  const untold = places.count - places.named.length;
  if (untold > 0) found.set('more rows than are told apart', untold);
  return {
    found: [...found].slice(0, placesMax).map(([where, count]) => ({ where, count })),
    kept: [...kept.values()].slice(0, placesMax),
  };
}
