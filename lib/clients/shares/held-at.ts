import type { Tx } from '#lib/platform/db/transaction.ts';
import type { Prisma } from '#lib/platform/db/generated/client.ts';

/** How many hold something, and how much together in the smallest unit. */
export async function heldIn(
  tx: Tx,
  holders: Prisma.Sql,
): Promise<{ holders: number; held: bigint }> {
  const [row] = await tx.$queryRaw<{ holders: number; held: string }[]>`
    select count(*)::int as holders, coalesce(sum(weight), 0)::text as held from (${holders}) h`;
  return { holders: row?.holders ?? 0, held: BigInt(row?.held ?? '0') };
}
