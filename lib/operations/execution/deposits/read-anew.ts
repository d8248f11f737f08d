/**
 * Where watchers of deposits go on when the blocks that they read last are gone: at the newest block of a deposit on
 * record that the chain still has. Every block commits to the one before it, so nothing below has changed. Two people
 * sign it while the chain stands still, and the worker has proved their keys; the nodes are asked as always, two of them together.
 */
import { appendAudit } from '#lib/audit/append-entry.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { log } from '#lib/platform/log.ts';
import { standingHolds } from '../../asset-hold.ts';
import { isGroundLost } from '../../chain-decision-kinds.ts';
import { findReadAnew } from '../../held-chain.ts';
import type { WorkerContext } from '../worker-context.ts';
import { lockBlocks, type Mark } from './known-blocks.ts';

type Needs = Pick<WorkerContext, 'db' | 'clock'>;

/** Blocks asked about at once. */
const marksAtOnce = 500;
/** The largest height that the column holds. */
const aboveAll = 2n ** 63n - 1n;

/**
 * Id of the decision that waits to be carried out; null where there is none that still counts, or its hold has ended.
 */
export async function decisionToReadAnew(
  chain: string,
  { db, clock }: Needs,
): Promise<string | null> {
  const holds = (await standingHolds(db)).filter(
    (one) => one.chain === chain && one.asset === null && isGroundLost(one.detail),
  );
  return findReadAnew(
    db,
    holds.map(({ id }) => id),
    clock(),
  );
}

/**
 * @param findKept the first of these blocks, the newest first, that the chain still has.
 * @returns the newest block of a deposit that the chain has; null where it has none of them.
 */
export async function findGround(
  { chain, db }: { chain: string; db: Database | Tx },
  findKept: (marks: readonly Mark[]) => Promise<Mark | null>,
): Promise<Mark | null> {
  for (let below = aboveAll; ;) {
    const marks = await blocksOfDeposits(chain, below, db);
    const kept = marks.length === 0 ? null : await findKept(marks);
    if (kept || marks.length < marksAtOnce) return kept;
    below = marks.at(-1)?.height ?? 0n;
  }
}

/** Blocks below a height, of deposits that were credited and not taken back, the newest first. */
async function blocksOfDeposits(chain: string, below: bigint, db: Database | Tx): Promise<Mark[]> {
  // Each half reads as many as it gives, off the end of an index.
  return db.$queryRaw<Mark[]>`
    select height, hash from (
      (select distinct d.slot as height, d.block_hash as hash from deposit d
        where d.chain = ${chain} and d.slot < ${below} and d.block_hash is not null
          and not exists (select from deposit_reversal r
            where (r.chain, r.txid, r.vault_id, r.place, r.appearance) = (d.chain, d.txid, d.vault_id, d.place, d.appearance))
          and not exists (select from deposit_moved m
            where (m.chain, m.txid, m.vault_id, m.place, m.appearance) = (d.chain, d.txid, d.vault_id, d.place, d.appearance))
        order by 1 desc, 2 limit ${marksAtOnce})
      union
      (select distinct m.slot, m.block_hash from deposit_moved m
        where m.chain = ${chain} and m.slot < ${below}
          and not exists (select from deposit_reversal r
            where (r.chain, r.txid, r.vault_id, r.place, r.appearance) = (m.chain, m.txid, m.vault_id, m.place, m.appearance))
        order by 1 desc, 2 limit ${marksAtOnce})) found
      order by height desc, hash limit ${marksAtOnce}`;
}

/** From here on the watcher reads behind this block, and the decision is used up. */
export async function standOn(
  { chain, ground, decision }: { chain: string; ground: Mark; decision: string },
  { db, clock }: Needs,
): Promise<void> {
  const at = clock();
  await inTransaction(db, async (tx) => {
    await lockBlocks(tx, chain);
    const { provedAt } = await tx.chainDecision.findUniqueOrThrow({ where: { id: decision } });
    await tx.chainBlock.deleteMany({ where: { chain } });
    await tx.chainBlock.create({ data: { chain, ...ground, seenAt: at } });
    await tx.chainDecision.update({
      where: { id: decision },
      data: { usedAt: provedAt && provedAt > at ? provedAt : at },
    });
    await appendAudit(tx, {
      kind: 'chain-read-anew',
      subject: chain,
      actor: 'worker',
      at,
      facts: { height: ground.height.toString(), hash: ground.hash },
    });
  });
  log.warn({ chain, ...ground }, 'two people had the chain read anew from this block');
}
