/** The officer's home: what is open, and the sums that say how much money it is about. */
import { assetFacts } from '#lib/chains/assets.ts';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { unitsOf } from '#lib/platform/db/units-of.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { formatAmount } from '#lib/protocol/amount.ts';
import { listQueue, type OperationSummary } from './list-operations.ts';
import { loadRoster } from './trust.ts';
import { viewerSeat, type ViewerSeat } from './viewer-seat.ts';

/** Exact decimal text and the asset it is of. */
export type AssetAmount = { asset: string; amount: string };

export type QueueView = {
  rows: OperationSummary[];
  /** For which group the reader states. */
  seat: ViewerSeat;
  /** Clients' money set aside for open withdrawals, by asset. */
  held: AssetAmount[];
  /** Withdrawals confirmed since midnight UTC. */
  confirmedToday: { count: number; amounts: AssetAmount[] };
};

const inText = (asset: string, units: bigint): AssetAmount => ({
  asset,
  amount: formatAmount(units, assetFacts(asset).decimals),
});

export async function viewQueue(actor: Actor, context: Context): Promise<Result<QueueView>> {
  const queue = await listQueue(actor, context);
  if (!queue.ok) return queue;
  const midnight = context.clock();
  midnight.setUTCHours(0, 0, 0, 0);
  const seat = await viewerSeat(await loadRoster(context.db), actor.personId, context);
  const [held, confirmed] = await Promise.all([
    context.db.account.groupBy({
      by: ['asset'],
      where: { kind: 'client', held: { gt: 0 } },
      _sum: { held: true },
      orderBy: { asset: 'asc' },
    }),
    context.db.operation.groupBy({
      by: ['asset'],
      where: { kind: 'withdrawal', state: 'confirmed', stateChangedAt: { gte: midnight } },
      _sum: { amount: true },
      _count: true,
      orderBy: { asset: 'asc' },
    }),
  ]);
  return ok({
    rows: queue.value,
    seat,
    held: held.flatMap(({ asset, _sum }) => (_sum.held ? [inText(asset, unitsOf(_sum.held))] : [])),
    confirmedToday: {
      count: confirmed.reduce((sum, { _count }) => sum + _count, 0),
      amounts: confirmed.flatMap(({ asset, _sum }) =>
        asset !== null && _sum.amount ? [inText(asset, unitsOf(_sum.amount))] : [],
      ),
    },
  });
}

/** How many open operations this person could carry on now. */
export async function viewWaiting(
  actor: Actor,
  context: Context,
): Promise<Result<{ waiting: number }>> {
  const queue = await listQueue(actor, context);
  if (!queue.ok) return queue;
  return ok({ waiting: queue.value.filter((row) => row.waitsForMe).length });
}
