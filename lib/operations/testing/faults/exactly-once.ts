/** What must hold of all operations at any time, and once everything has come to rest. */
import { decodeForOwner } from '#lib/chains/account-context.ts';
import { findLedgerFaults } from '#lib/ledger/find-faults.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { ownerOf } from '#lib/protocol/owner-of.ts';
import { loadMovingIntent, loadVaultKey } from '../../execution/chains/source-account.ts';
import { livePhases } from '../../transaction-phases.ts';

/** What transactions use up, read once each: their bytes never change. */
export class Uses {
  readonly #known = new Map<string, string[]>();

  async of(
    db: Database,
    transaction: { id: string; operationId: string; message: Uint8Array },
  ): Promise<string[]> {
    const known = this.#known.get(transaction.id);
    if (known) return known;
    const intent = await loadMovingIntent(db, transaction.operationId);
    const key = await loadVaultKey(db, intent.vault);
    const { conflictKey, uses = [] } = decodeForOwner(key, ownerOf(intent), transaction.message);
    this.#known.set(transaction.id, [conflictKey, ...uses]);
    return [conflictKey, ...uses];
  }
}

/** @returns one sentence for each fault; none when all holds. */
export async function findFaults(db: Database, uses: Uses): Promise<string[]> {
  const transactions = await db.chainTransaction.findMany({
    select: { id: true, operationId: true, message: true, phase: true, conflictKey: true },
    orderBy: { createdAt: 'asc' },
  });
  const faults = await findLedgerFaults(db);
  const users = new Map<string, string>();
  const ties = new Map<string, string>();
  const confirmed = new Set<string>();
  for (const transaction of transactions) {
    const { operationId: operation, phase, conflictKey } = transaction;
    const tie = ties.get(operation) ?? conflictKey;
    ties.set(operation, tie);
    if (tie !== conflictKey) faults.push(`${operation} is tied to ${tie} and to ${conflictKey}`);
    if (phase === 'confirmed') {
      if (confirmed.has(operation)) faults.push(`two transactions of ${operation} are confirmed`);
      confirmed.add(operation);
    }
    if (!livePhases.includes(phase)) continue;
    for (const resource of await uses.of(db, transaction)) {
      const user = users.get(resource) ?? operation;
      users.set(resource, user);
      if (user !== operation) faults.push(`${resource} is in live transactions of two operations`);
    }
  }
  return faults;
}
