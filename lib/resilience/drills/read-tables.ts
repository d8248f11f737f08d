/** What a database holds: its tables with all their columns, an order of their rows, and its sequences. */
import type pg from 'pg';
import { DrillProblem } from './drill-problem.ts';

export type Table = {
  name: string;
  /** All of them, in the order of their names. */
  columns: readonly string[];
  /** What rows are sorted by: the columns of the primary key. */
  key: readonly { column: string; isText: boolean }[];
};

export type Sequence = { name: string; last: string; isCalled: boolean };

/** The migrator's own notes: which migrations are in force is compared apart. */
const leftOut = '_prisma_migrations';

/**
 * Values are written the same by every server of ours, whatever its settings, and nothing waits long for a lock of
 * others: a migration that waits for us would make everybody else wait for it.
 */
export async function settle(client: pg.Client): Promise<void> {
  await client.query(`
    set client_encoding = 'UTF8'; set timezone = 'UTC'; set datestyle = 'ISO, YMD'; set intervalstyle = 'iso_8601';
    set extra_float_digits = 1; set bytea_output = 'hex'; set lock_timeout = '10s'; set statement_timeout = 0`);
}

/** @throws DrillProblem for a table without a primary key, whose rows have no order. */
export async function readTables(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<{
    name: string;
    columns: string[];
    key: Table['key'] | null;
  }>(
    `select c.relname as name,
        (select array_agg(a.attname::text order by a.attname collate "C") from pg_attribute a
          where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
        (select jsonb_agg(jsonb_build_object('column', a.attname, 'isText', t.typcategory = 'S') order by k.place)
          from pg_index i, unnest(i.indkey::smallint[]) with ordinality k (attnum, place), pg_attribute a, pg_type t
          where i.indrelid = c.oid and i.indisprimary and a.attrelid = c.oid and a.attnum = k.attnum
            and t.oid = a.atttypid) as key
      from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> $1
      order by c.relname collate "C"`,
    [leftOut],
  );
  return rows.map(({ name, columns, key }) => {
    if (key === null)
      throw new DrillProblem(`The table ${name} has no primary key, so its rows have no order.`);
    return { name, columns, key };
  });
}

/** Taken after a snapshot began they are at or above every number in it: sequences belong to no transaction. */
export async function readSequences(client: pg.Client): Promise<Sequence[]> {
  const { rows: names } = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'S' order by c.relname collate "C"`,
  );
  const sequences: Sequence[] = [];
  for (const { name } of names) {
    const { rows } = await client.query<Sequence>(
      `select $1::text as name, last_value::text as last, is_called as "isCalled" from ${quote(name)}`,
      [name],
    );
    sequences.push(...rows);
  }
  return sequences;
}

/** Migrations in force, with the digests of their texts. */
export async function readMigrations(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ line: string }>(
    `select migration_name || ' ' || checksum as line from ${leftOut}
      where finished_at is not null and rolled_back_at is null order by migration_name collate "C"`,
  );
  return rows.map(({ line }) => line);
}

/**
 * Whether texts are in the order of their bytes as they are: then an index gives the order and nothing is sorted.
 */
export async function isBytewise(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ bytewise: boolean }>(
    `select datlocprovider::text = 'c' and datcollate in ('C', 'POSIX') as bytewise
      from pg_database where datname = current_database()`,
  );
  return rows[0]?.bytewise === true;
}

/** Every row of a table in the order of its key, for COPY and for digests. */
export function rowsSql({ name, columns, key }: Table, bytewise: boolean): string {
  const order = key.map(({ column, isText }) =>
    isText && !bytewise ? `${quote(column)} collate "C"` : quote(column),
  );
  return `copy (select ${columns.map(quote).join(', ')} from ${quote(name)} order by ${order.join(', ')}) to stdout`;
}

export const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;
