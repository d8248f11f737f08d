/**
 * Blocks that a watcher has read. One is on record only together with all that it brought to accounts of ours, and what
 * lies in a block on record is never taken back. Several workers keep to that by one lock for each chain, taken before
 * any other.
 */
import { creditedAbove } from '#lib/ledger/deposits/credited-above.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { lockNamed } from '#lib/platform/db/lock-named.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import type { WorkerContext } from '../worker-context.ts';

export type Mark = { height: bigint; hash: string };

/** A block full of transfers to us takes longer than an ordinary change. */
const takeWithinMs = 60_000;

export const lockBlocks = (tx: Tx, chain: string): Promise<void> =>
  lockNamed(tx, `blocks of ${chain}`);

export const isKnownBlock = async (
  tx: Tx,
  { chain, height, hash }: Mark & { chain: string },
): Promise<boolean> => (await tx.chainBlock.count({ where: { chain, height, hash } })) > 0;

/**
 * Whether reading has come to a height. What was read there lies in a block on record, or in one that was final and is
 * no longer kept; whatever is still to be taken back lies above all of them.
 */
export const isReached = async (
  tx: Tx,
  { chain, height }: Pick<Mark, 'height'> & { chain: string },
): Promise<boolean> =>
  (await tx.chainBlock.count({ where: { chain, height: { gte: height } } })) > 0;

/**
 * Puts a block on record with what it brought: all of that or nothing. Done already where another worker was faster.
 * @param bring puts on record what it brought, in this transaction.
 * @returns false where it is not the child of the newest block on record: the chain or another worker took another way,
 * and the next pass looks anew.
 * @throws Error where something of a lost block still stands as high as this or higher: with a block above it on record
 * nobody would take it back any more, and it would be credited by its height alone.
 */
export const takeBlock = (
  { chain, number: height, hash, parentHash }: Block & { chain: string },
  bring: (tx: Tx) => Promise<void>,
  { db, clock }: Pick<WorkerContext, 'db' | 'clock'>,
): Promise<boolean> =>
  inTransaction(
    db,
    async (tx) => {
      await lockBlocks(tx, chain);
      if (await isKnownBlock(tx, { chain, height, hash })) return true;
      const newest = await tx.chainBlock.findFirst({
        where: { chain },
        orderBy: { height: 'desc' },
      });
      if (newest && (newest.height !== height - 1n || newest.hash !== parentHash)) return false;
      await checkTakenBack(tx, { chain, height });
      await bring(tx);
      await tx.chainBlock.create({ data: { chain, height, hash, seenAt: clock() } });
      return true;
    },
    { timeoutMs: takeWithinMs },
  );

type Block = { number: bigint; hash: string; parentHash: string };

async function checkTakenBack(
  tx: Tx,
  { chain, height }: { chain: string; height: bigint },
): Promise<void> {
  const pending = await tx.depositPending.count({ where: { chain, slot: { gte: height } } });
  const credited = await creditedAbove(tx, { chain, height: height - 1n });
  const left = pending + credited.length;
  if (left === 0) return;
  throw new Error(
    `Block ${height} waits: ${left} deposits of lost blocks at that height or above are not taken back yet.`,
  );
}

/**
 * Blocks above one that the chain still has are no longer on record, so that whatever stands in them can be taken back.
 * Nothing is done where what was judged is not what is on record by now: what others have read since was not judged, and
 * without the block that is kept nothing would be left to go on from.
 * @param newest block on record when the chain was asked.
 */
export const forgetAbove = (
  { chain, kept, newest }: { chain: string; kept: Mark; newest: Mark },
  db: Database,
): Promise<void> =>
  inTransaction(db, async (tx) => {
    await lockBlocks(tx, chain);
    if (!(await isKnownBlock(tx, { chain, ...kept }))) return;
    if (!(await isKnownBlock(tx, { chain, ...newest }))) return;
    if (await isReached(tx, { chain, height: newest.height + 1n })) return;
    await tx.chainBlock.deleteMany({ where: { chain, height: { gt: kept.height } } });
  });

/** Blocks below a height are no longer on record. Never the newest: a worker that is behind leaves one to go on from. */
export async function forgetBelow(
  { chain, height }: { chain: string; height: bigint },
  db: Database,
): Promise<void> {
  await db.$executeRaw`
    delete from chain_block where chain = ${chain}
      and height < least(${height}, (select max(height) from chain_block where chain = ${chain}))`;
}
