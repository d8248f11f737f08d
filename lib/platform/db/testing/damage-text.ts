import { Prisma } from '../generated/client.ts';
import type { Database } from '../client.ts';
import { inTransaction } from '../transaction.ts';

/** Damages what one row of a table of texts keeps, as a disk may, past everything that stands in the clear. */
export async function damageText(
  owner: Database,
  table: string,
  commitment: string,
): Promise<void> {
  const name = Prisma.raw(`"${table}"`);
  await inTransaction(owner, async (tx) => {
    const always = await tx.$queryRaw<{ trigger: string }[]>`
      select tgname as trigger from pg_trigger where tgrelid = ${table}::regclass and tgenabled = 'A'`;
    await tx.$executeRaw`alter table ${name} disable trigger user`;
    const changed = await tx.$executeRaw`
      update ${name} set sealed = set_byte(sealed, 60, get_byte(sealed, 60) # 1) where commitment = ${commitment}`;
    if (changed !== 1) throw new Error(`There is no such text in ${table}.`);
    await tx.$executeRaw`alter table ${name} enable trigger user`;
    for (const { trigger } of always)
      await tx.$executeRaw`alter table ${name} enable always trigger ${Prisma.raw(`"${trigger}"`)}`;
  });
}
