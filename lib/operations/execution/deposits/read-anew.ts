/**
 * Where watchers of deposits go on when the blocks that they read last are gone: at the newest block of a deposit on
 * record that the chain still has. Every block commits to the one before it, so nothing below has changed. Two people
 * sign it while the chain stands still, and the worker has proved their keys; the nodes are asked as always, two of them together.
 */
import { appendAudit } from '#lib/audit/append-entry.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { log } from '#lib/platform/log.ts';
import { standingHolds } from '../../asset-hold.ts';
import { isGroundLost } from '../../chain-decision-kinds.ts';
import { findReadAnew } from '../../held-chain.ts';
import type { WorkerContext } from '../worker-context.ts';

type Needs = Pick<WorkerContext, 'db' | 'clock'>;

export type Mark = { height: bigint; hash: string };

/** Blocks asked about at once. */
const marksAtOnce = 500;

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
  { chain, db }: { chain: string; db: Database },
  findKept: (marks: readonly Mark[]) => Promise<Mark | null>,
): Promise<Mark | null> {
  for (let below: bigint | null = null; ;) {
    const marks = await blocksOfDeposits(chain, below, db);
    const kept = marks.length === 0 ? null : await findKept(marks);
    if (kept || marks.length < marksAtOnce) return kept;
    below = marks.at(-1)?.height ?? null;
  }
}

/** Blocks of deposits that were credited and not taken back, the newest first. @param below a height; null for all. */
async function blocksOfDeposits(
  chain: string,
  below: bigint | null,
  db: Database,
): Promise<Mark[]> {
  const where = { chain, ...(below === null ? {} : { slot: { lt: below } }) };
  const newest = {
    distinct: ['slot', 'blockHash'],
    orderBy: { slot: 'desc' },
    select: { slot: true, blockHash: true },
    take: marksAtOnce,
  } satisfies Parameters<typeof db.depositMoved.findMany>[0];
  const rows = await Promise.all([
    db.deposit.findMany({
      where: { ...where, reversal: null, moved: null, blockHash: { not: null } },
      ...newest,
    }),
    db.depositMoved.findMany({ where: { ...where, deposit: { reversal: null } }, ...newest }),
  ]);
  return rows
    .flat()
    .flatMap(({ slot, blockHash: hash }) => (hash === null ? [] : [{ height: slot, hash }]))
    .toSorted((one, other) => Number(other.height - one.height))
    .slice(0, marksAtOnce);
}

/** From here on the watcher reads behind this block, and the decision is used up. */
export async function standOn(
  { chain, ground, decision }: { chain: string; ground: Mark; decision: string },
  { db, clock }: Needs,
): Promise<void> {
  const at = clock();
  await inTransaction(db, async (tx) => {
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
