import type { MovingIntent } from '#lib/protocol/intent.ts';
import { askFresh } from '../ask-fresh.ts';
import { findBreakStop, findOverLimit } from '../break-stop.ts';
import type { OperationRow } from '../load-standing.ts';
import { loadTrust } from '../trust.ts';
import type { WorkerContext } from './worker-context.ts';

/**
 * The console's own stop, asked once more: a shortfall may have been found since the last statement. What a rule of the
 * policy looks at, or refuses, is for the parties to say.
 */
export async function isShort(
  row: OperationRow,
  intent: MovingIntent,
  context: WorkerContext,
): Promise<boolean> {
  const { db } = context;
  if (intent.kind !== 'withdrawal' || !(await findOverLimit(intent.asset, db))) return false;
  const trust = await loadTrust(db);
  if (!trust) throw new Error(`Operation ${row.id} is co-signed but there is no roster.`);
  const allowed = await askFresh(intent, { trust, raiser: row.raisedBy }, context);
  return allowed.ok && (await findBreakStop(intent, allowed.value, db)) !== null;
}
