/**
 * A vault on Solana as the chain tells of it: its balance at a final slot and each of its transactions up to
 * there. It reads the chain anew and takes nothing from what the watcher of deposits has stored.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { getBalanceAt } from '#lib/chains/solana/balance-at.ts';
import type { SolanaClient } from '#lib/chains/solana/client.ts';
import type { Movement } from '#lib/chains/solana/movement-reader.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import type { Item } from '../matching/item.ts';
import { itemsMax, type OutsideReading, type Since, type SourceRefusal } from './outside-source.ts';

type Needs = Pick<Context, 'db' | 'clock'> & { solana: SolanaClient };
type Vault = { id: string; address: string; chain: string };

/** A node's list may lag behind its balances, and the watcher of deposits behind the node. */
const looksMax = 6;
const lookAgainMs = 400;

/** @throws SolanaRpcError */
export async function readSolana(
  vault: Vault,
  since: Since,
  needs: Needs,
): Promise<Result<OutsideReading, SourceRefusal>> {
  for (let look = 1; ; look += 1) {
    // The watcher's mark first: what the history shows beyond it is not booked yet.
    const watched = await needs.db.depositCursor.findUnique({ where: { vaultId: vault.id } });
    const { lamports, slot } = await getBalanceAt(
      needs.solana.connection,
      vault.address,
      'finalized',
    );
    const history = await historyOf(vault, since.mark, needs.solana);
    if (!history.ok) return history;
    const upToSlot = history.value.filter((movement) => movement.slot <= slot);
    const moved = upToSlot.reduce((total, { change }) => total + change, 0n);
    const seen = watchedCount(upToSlot, watched?.txid ?? null);
    const isSettled = since.balance + moved === lamports && seen === upToSlot.length;
    if (isSettled || look === looksMax)
      return ok({
        source: vault.chain,
        position: slot.toString(),
        balance: lamports,
        items: await itemsOf(upToSlot, { seen, since }, needs),
        mark: upToSlot.at(-1)?.transactionId ?? since.mark,
      });
    await pause(lookAgainMs);
  }
}

async function historyOf(
  { address }: Vault,
  mark: string | null,
  solana: SolanaClient,
): Promise<Result<Movement[], 'too-many-items'>> {
  const all: Movement[] = [];
  for (let until = mark; ;) {
    const page = await solana.getMovements(address, { until, limit: 1000 });
    all.push(...page.found);
    if (!page.more) return ok(all);
    if (all.length > itemsMax)
      return refuse(
        'too-many-items',
        `More than ${itemsMax} transactions came since the last run. Ask for a longer limit before you go on.`,
      );
    until = page.cursor;
  }
}

/** How many of them the watcher of deposits has passed, and so has booked whatever is to be booked. */
function watchedCount(movements: readonly Movement[], mark: string | null): number {
  return movements.findIndex(({ transactionId }) => transactionId === mark) + 1;
}

/** Those of what is still open too, since what was under way may have come to its end. */
async function itemsOf(
  movements: readonly Movement[],
  { seen, since }: { seen: number; since: Since },
  { db, clock }: Needs,
): Promise<Item[]> {
  const at = clock().toISOString();
  const ids = [
    ...movements.map(({ transactionId }) => transactionId),
    ...since.open.flatMap(({ transaction }) => transaction ?? []),
  ];
  const sent = await db.chainTransaction.findMany({
    where: { txid: { in: ids }, phase: { notIn: ['confirmed', 'failed'] } },
    select: { txid: true },
  });
  const underWay = new Set(sent.map(({ txid }) => txid));
  return [
    ...since.open.map((item) => ({ ...item, underWay: underWay.has(item.transaction) })),
    ...movements.flatMap(({ transactionId, change }, index): Item[] =>
      change === 0n
        ? []
        : [
            {
              ref: transactionId,
              transaction: transactionId,
              reference: null,
              amount: change.toString(),
              at,
              corrects: null,
              position: null,
              // What arrived is booked by the watcher when it gets there; what left, by its operation.
              underWay: underWay.has(transactionId) || (change > 0n && index >= seen),
            },
          ],
    ),
  ];
}
