import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';

/**
 * Whether a person and a key may open a session: both active, or both waiting while there is no
 * roster at all. That is how founders sign in to sign the genesis document; no other use case
 * answers before it.
 */
export async function isAdmitted(
  db: Database | Tx,
  operatorStatus: string,
  keyStatus: string,
): Promise<boolean> {
  if (operatorStatus === 'active' && keyStatus === 'active') return true;
  if (operatorStatus !== 'pending' || keyStatus !== 'pending') return false;
  return (await db.rosterVersion.findFirst({ select: { version: true } })) === null;
}
