/** Very many people in a database, as they stand there, for benches and for tests of plans. Nothing of them opens. */
import type { Database } from '#lib/platform/db/client.ts';

const CHUNK = 100_000;
const guarded = ['person', 'person_tie', 'person_value', 'person_hash'] as const;

/** A made-up id of the form that people have: digits of base32 beside a counter. */
const idOf = (n: string): string =>
  `'ps-' || lpad(translate(to_hex(${n}), '0189', 'ghij'), 16, 'z')`;

/**
 * Writes people with a name, an e-mail address and a document, each sealed bytes of usual length, found by keyed hashes,
 * and each the client of a client of their own.
 * @param owner the owner's client, since triggers are left out for speed.
 */
export async function fillPeople(
  owner: Database,
  count: number,
  report: (line: string) => void = () => undefined,
): Promise<void> {
  for (let from = 1; from <= count; from += CHUNK) {
    const to = Math.min(from + CHUNK - 1, count);
    report(`${to.toLocaleString('en')} of ${count.toLocaleString('en')} people …`);
    await owner.$transaction(
      async (tx) => {
        for (const table of guarded)
          await tx.$executeRawUnsafe(`alter table ${table} disable trigger all`);
        await tx.$executeRawUnsafe(`
          insert into client (id, created_at)
          select 'C-' || (100000000 + n), now() from generate_series(${from}, ${to}) n`);
        await tx.$executeRawUnsafe(`
          insert into person (id, key_id, created_at, created_by)
          select ${idOf('n')}, encode(substring(sha256(('key ' || n)::bytea) for 16), 'hex'), now(), 'system'
          from generate_series(${from}, ${to}) n`);
        await tx.$executeRawUnsafe(`
          insert into person_tie (person_id, role, client_id, since)
          select ${idOf('n')}, 'client', 'C-' || (100000000 + n), now() from generate_series(${from}, ${to}) n`);
        await tx.$executeRawUnsafe(`
          insert into person_value (person_id, field, version, sealed, origin, recorded_at, recorded_by)
          select ${idOf('n')}, f, 1, '\\x01'::bytea || substring(sha256(('key ' || n)::bytea) for 16) || sha256((n || f)::bytea), 'provided', now(), 'system'
          from generate_series(${from}, ${to}) n, unnest(array['full-name', 'email', 'document-number']) f`);
        await tx.$executeRawUnsafe(`
          insert into person_hash (kind, hash, person_id)
          select k, substring(sha256((k || n)::bytea) for 16), ${idOf('n')}
          from generate_series(${from}, ${to}) n, unnest(array['name', 'email', 'document']) k`);
        const triggers = await tx.$queryRawUnsafe<{ of: string; name: string }[]>(`
          select tgrelid::regclass::text as of, tgname as name from pg_trigger
          where not tgisinternal and tgrelid = any (array['${guarded.join("','")}']::regclass[])`);
        for (const table of guarded)
          await tx.$executeRawUnsafe(`alter table ${table} enable trigger all`);
        for (const { of, name } of triggers)
          await tx.$executeRawUnsafe(`alter table ${of} enable always trigger ${name}`);
      },
      { timeout: 300_000, maxWait: 10_000 },
    );
  }
  for (const table of ['client', ...guarded])
    await owner.$executeRawUnsafe(`vacuum (analyze) ${table}`);
}

/** Id of one of the people that `fillPeople` made. @param n from 1. */
export async function filledPerson(owner: Database, n: number): Promise<string> {
  const rows = await owner.$queryRawUnsafe<{ id: string }[]>(
    `select ${idOf(String(Math.trunc(n)))} as id`,
  );
  return rows[0]?.id ?? '';
}
