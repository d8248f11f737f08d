/**
 * Looks whether anything that was taken out stands in the database still: in every table that the worker may read, and in
 * every sealed text of other rooms. It looks before the key goes, since afterwards nobody knows any more what to look for.
 */
import pg from 'pg';
import { textTables } from '#lib/audit/sealed-text.ts';
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import { readRows } from '#lib/resilience/drills/read-rows.ts';
import { readTables, settle, type Table } from '#lib/resilience/drills/read-tables.ts';
import { needlesOf } from '../scan/needles.ts';
import { Places } from '../scan/place.ts';
import { scanSealed } from '../scan/scan-sealed.ts';
import { lookAtRows } from '../scan/scan-tables.ts';
import { sealedColumns } from '../scan/sealed-columns.ts';
import type { Looked } from './phases.ts';

const namedMax = 20;

/** @param values of people whose values were taken out; they stay in memory. */
export async function lookForValues(
  values: readonly string[],
  { databaseUrl, signal }: { databaseUrl: string; signal: AbortSignal },
): Promise<Looked> {
  if (values.length === 0) return { found: [], tables: 0, rows: 0, sealed: 0, unread: [] };
  const client = new pg.Client({ connectionString: databaseUrl });
  // A connection that breaks fails whatever is asked of it.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await settle(client);
    const options = {
      needles: needlesOf(values),
      places: new Places(),
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
    const { opened } = await scanSealed(client, texts, options);
    return {
      found: foundIn(options.places),
      tables: readable.length,
      rows,
      sealed: opened,
      unread,
    };
  } finally {
    await client.end();
  }
}

/** What people asked and answered about their data stays sealed for itself, and is kept as it is. */
const isText = (table: string): boolean => (textTables as readonly string[]).includes(table);

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

function foundIn({ named }: Places): Looked['found'] {
  const counts = new Map<string, number>();
  for (const { where } of named) counts.set(where, (counts.get(where) ?? 0) + 1);
  return [...counts].slice(0, namedMax).map(([where, count]) => ({ where, count }));
}
