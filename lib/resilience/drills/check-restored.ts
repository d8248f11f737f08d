/** Checks of a restored database that need nothing but itself: references, the audit trail, and its guards. */
import type pg from 'pg';
import { quote } from './read-tables.ts';

/** Rows that name others which are not there: triggers of references were off while rows came in. */
export async function checkReferences(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{
    name: string;
    from: string;
    to: string;
    columns: string[];
    keys: string[];
  }>(
    `select c.conname as name, f.relname as from, t.relname as to,
        (select array_agg(a.attname::text order by k.place) from unnest(c.conkey) with ordinality k (attnum, place)
          join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.attnum) as columns,
        (select array_agg(a.attname::text order by k.place) from unnest(c.confkey) with ordinality k (attnum, place)
          join pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.attnum) as keys
      from pg_constraint c join pg_class f on f.oid = c.conrelid join pg_class t on t.oid = c.confrelid
      where c.contype = 'f' and c.connamespace = 'public'::regnamespace order by c.conname`,
  );
  const faults: string[] = [];
  for (const { name, from, to, columns, keys } of rows) {
    const named = columns.map((column) => `f.${quote(column)} is not null`).join(' and ');
    const same = columns
      .map((column, place) => `t.${quote(keys[place] ?? '')} = f.${quote(column)}`)
      .join(' and ');
    const { rows: found } = await client.query<{ count: string }>(
      `select count(*) from ${quote(from)} f
        where ${named} and not exists (select from ${quote(to)} t where ${same})`,
    );
    const count = found[0]?.count ?? '0';
    if (count !== '0') faults.push(`${count} rows of ${from} name no row of ${to} (${name}).`);
  }
  return faults;
}

/** Entries of the audit trail whose leaf is not what its hash or the columns beside it say. */
export async function checkAuditLeaves(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ hashes: string; columns: string }>(
    `select count(*) filter (where leaf_hash <> sha256('\\x00'::bytea || leaf))::text as hashes,
        count(*) filter (where (l ->> 'type', l ->> 'kind', l ->> 'subject', l ->> 'actor', (l ->> 'at')::timestamptz)
            is distinct from ('countersign/audit/v1', kind, subject, actor, at))::text
          as columns
      from audit_entry, lateral (select convert_from(leaf, 'UTF8')::jsonb as l) as read`,
  );
  const [found] = rows;
  const faults: string[] = [];
  if (found && found.hashes !== '0')
    faults.push(`${found.hashes} audit entries are not what their hash says.`);
  if (found && found.columns !== '0')
    faults.push(`${found.columns} audit entries say something else than the columns beside them.`);
  return faults;
}

const attempts = [
  { bit: 8, word: 'deleted', sql: (table: string) => `delete from ${quote(table)}` },
  {
    bit: 16,
    word: 'changed',
    sql: (table: string, column: string) =>
      `update ${quote(table)} set ${quote(column)} = ${quote(column)}`,
  },
  { bit: 32, word: 'emptied', sql: (table: string) => `truncate ${quote(table)} cascade` },
] as const;

/** SQLSTATE of `refuse_change`. */
const refused = 'CS001';

export type GuardProof = { tables: number; attempts: number; faults: string[] };

/**
 * Tries on every table that is append-only to delete, change and empty it, as the administrator of the database and also
 * in replica mode, in which ordinary triggers are silent. Each attempt is undone whatever comes of it.
 */
export async function proveGuards(client: pg.Client): Promise<GuardProof> {
  const { rows } = await client.query<{
    table: string;
    column: string;
    events: number;
    always: boolean;
  }>(
    `select c.relname as table, t.tgtype::int as events, t.tgenabled = 'A' as always,
        (select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
          order by a.attnum limit 1) as column
      from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_proc p on p.oid = t.tgfoid
      where p.proname = 'refuse_change' and c.relnamespace = 'public'::regnamespace and t.tgqual is null
        and t.tgtype & 1 = 0 and t.tgattr::text = '' order by c.relname, t.tgname`,
  );
  const proof: GuardProof = {
    tables: new Set(rows.map(({ table }) => table)).size,
    attempts: 0,
    faults: [],
  };
  if (rows.length === 0) proof.faults.push('No table of the restored database is append-only.');
  for (const { table, column, events, always } of rows)
    for (const mode of always ? ['origin', 'replica'] : ['origin'])
      for (const { bit, word, sql } of attempts) {
        if ((events & bit) === 0) continue;
        proof.attempts += 1;
        const code = await attempt(client, mode, sql(table, column));
        if (code !== refused)
          proof.faults.push(
            `Rows of ${table} could be ${word} in the restored database (${mode} mode, ${code ?? 'no refusal'}).`,
          );
      }
  return proof;
}

async function attempt(client: pg.Client, mode: string, sql: string): Promise<string | null> {
  await client.query('begin');
  try {
    await client.query(`set local session_replication_role = ${mode}`);
    await client.query(sql);
    return null;
  } catch (error) {
    return (error as { code?: string }).code ?? 'unknown';
  } finally {
    await client.query('rollback');
  }
}
