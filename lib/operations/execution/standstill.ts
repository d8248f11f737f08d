/** What keeps an operation from being built or signed for a while, though nothing stops it for good. */
import type { MovingIntent } from '#lib/protocol/intent.ts';
import { askFresh } from '../ask-fresh.ts';
import { findAssetHold } from '../asset-hold.ts';
import { findBreakStop, findOverLimit } from '../break-stop.ts';
import type { OperationRow } from '../load-standing.ts';
import type { WaitReason } from '../progress/wait.ts';
import { mayStillConfirm } from '../transaction-phases.ts';
import { loadTrust } from '../trust.ts';
import type { WorkerContext } from './worker-context.ts';

/** @returns what it waits for; null where nothing stands in its way. */
export async function findStandstill(
  row: OperationRow,
  intent: MovingIntent,
  context: WorkerContext,
): Promise<WaitReason | null> {
  if (await findAssetHold(intent, context.db)) return { code: 'asset-held' };
  // What may run already can’t be called back, and what takes its place pays out no more than that.
  if (row.transactions.some(mayStillConfirm)) return null;
  return findShortfallWait(row, intent, context);
}

/**
 * The console's own stop, asked once more: a shortfall may have been found since the last statement. What a rule of the
 * policy looks at, or refuses, is for the parties to say. While a source gives no word nobody can tell whether a rule
 * does, and it may be back when the parties are asked: so that lifts nothing.
 */
async function findShortfallWait(
  row: OperationRow,
  intent: MovingIntent,
  context: WorkerContext,
): Promise<WaitReason | null> {
  const { db } = context;
  if (intent.kind !== 'withdrawal' || !(await findOverLimit(intent.asset, db))) return null;
  const trust = await loadTrust(db);
  if (!trust) throw new Error(`Operation ${row.id} is co-signed but there is no roster.`);
  const allowed = await askFresh(intent, { trust, raiser: row.raisedBy }, context);
  if (!allowed.ok)
    return allowed.refusal.code === 'fact-missing' ? { code: 'break-unjudged' } : null;
  return (await findBreakStop(intent, allowed.value, db)) && { code: 'break-over-limit' };
}
