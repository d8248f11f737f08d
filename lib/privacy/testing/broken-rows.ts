/** Rows that do not open, as damage on a disk or a program with the web server's rights leaves them, for database tests. */
import { randomUUID } from 'node:crypto';
import { sealText, type TextTable } from '#lib/audit/sealed-text.ts';
import { Prisma } from '#lib/platform/db/generated/client.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import type { RequestDesk } from './request-desk.ts';

/** Changes one bit of what was sealed, past everything that stands in the clear. */
export function damaged(sealed: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(sealed);
  bytes[60] = (bytes[60] ?? 0) ^ 1;
  return bytes;
}

/** Does something to a table that nothing in the product may, in one transaction. */
export const tampered = <T>(
  desk: Pick<RequestDesk, 'owner'>,
  table: string,
  work: (tx: Tx) => Promise<T>,
): Promise<T> =>
  inTransaction(desk.owner, async (tx) => {
    const name = Prisma.raw(`"${table}"`);
    const always = await tx.$queryRaw<{ trigger: string }[]>`
      select tgname as trigger from pg_trigger where tgrelid = ${table}::regclass and tgenabled = 'A'`;
    await tx.$executeRaw`alter table ${name} disable trigger all`;
    const done = await work(tx);
    await tx.$executeRaw`alter table ${name} enable trigger all`;
    for (const { trigger } of always)
      await tx.$executeRaw`alter table ${name} enable always trigger ${Prisma.raw(`"${trigger}"`)}`;
    return done;
  });

/** Something of a type, for columns that have to have something. */
const fillings: Readonly<Record<string, string>> = {
  uuid: 'gen_random_uuid()',
  jsonb: `'{}'`,
  boolean: 'false',
  date: 'current_date',
  'timestamp with time zone': 'now()',
  ARRAY: `'{}'`,
  bytea: `'\\x00'`,
};
let counted = 0;
const fillingOf = (type: string): string => {
  counted += 1;
  return fillings[type] ?? (/int|numeric/.test(type) ? `${counted}` : `'x${counted}'`);
};

/** Puts a row with this text in a table of texts, whatever else such a row has to have. */
async function insertText(
  desk: Pick<RequestDesk, 'owner'>,
  table: TextTable,
  { sealed, commitment }: { sealed: Uint8Array; commitment: string },
): Promise<void> {
  await tampered(desk, table, async (tx) => {
    const checks = await tx.$queryRaw<{ name: string }[]>`
      select conname as name from pg_constraint where conrelid = ${table}::regclass and contype in ('c', 'f')`;
    const drops = checks.map(({ name }) => `drop constraint "${name}"`).join(', ');
    if (drops !== '') await tx.$executeRaw`alter table ${Prisma.raw(`"${table}" ${drops}`)}`;
    const columns = await tx.$queryRaw<{ name: string; type: string }[]>`
      select column_name as name, data_type as type from information_schema.columns
      where table_schema = 'public' and table_name = ${table} and is_nullable = 'NO' and column_default is null
        and is_identity = 'NO' and column_name not in ('sealed', 'commitment')`;
    const names = columns.map(({ name }) => `, "${name}"`).join('');
    const values = columns.map(({ type }) => `, ${fillingOf(type)}`).join('');
    await tx.$executeRaw`insert into ${Prisma.raw(`"${table}" (sealed, commitment${names})`)}
      values (${sealed}, ${commitment}${Prisma.raw(values)})`;
    await tx.$executeRaw`insert into data_key_owner (key_id, kind, owner)
      values (${Buffer.from(sealed.subarray(1, 17)).toString('hex')}, 'text', ${`${table}/${commitment}`})
      on conflict do nothing`;
  });
}

/** A row that does not open. @returns its commitment. */
export async function brokenText(
  desk: Pick<RequestDesk, 'owner'>,
  table: TextTable,
): Promise<string> {
  const { sealed, commitment } = await sealText(table, `Nobody reads this. ${randomUUID()}`);
  await insertText(desk, table, { sealed: damaged(sealed), commitment });
  return commitment;
}

/** A row that opens, and is no JSON where its table keeps JSON. @returns its commitment. */
export async function unparsedText(
  desk: Pick<RequestDesk, 'owner'>,
  table: TextTable,
  text: string,
): Promise<string> {
  const kept = await sealText(table, text);
  await insertText(desk, table, kept);
  return kept.commitment;
}
