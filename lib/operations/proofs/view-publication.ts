import { appendAudit } from '#lib/audit/append-entry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import type { ReservesPublication } from '#lib/protocol/reserves.ts';
import { operationId } from '#lib/protocol/scalars.ts';
import { loadPublication } from './load-publication.ts';
import { loadVaultKeys } from './load-vault-keys.ts';

/**
 * The snapshot and the signatures that are there so far.
 * @param of.for `auditors` adds the public keys from which every owner's address follows: with them and
 * client numbers anybody reads each client's balance off the chain, so that file is not for everybody.
 */
export async function viewPublication(
  actor: Actor,
  of: { snapshot: string; for: 'everybody' | 'auditors' },
  { db, clock }: Context,
): Promise<Result<ReservesPublication>> {
  // What keys of vaults give away is what clients' proofs do.
  const forAuditors = of.for === 'auditors';
  const refused = lacksScope(actor, forAuditors ? 'proof:request' : 'ledger:read');
  if (refused) return refused;
  const { snapshot: id } = of;
  const loaded = operationId.safeParse(id).success ? await loadPublication(db, id) : null;
  if (!loaded)
    return refuse('snapshot-unknown', 'There is no such snapshot. Choose one of the list.');
  const { publication } = loaded;
  if (!forAuditors) return ok(publication);
  const keys = await loadVaultKeys(publication.snapshot, db);
  const now = clock();
  await inTransaction(db, (tx) =>
    appendAudit(tx, {
      kind: 'snapshot-keys-read',
      subject: id,
      actor: actor.personId,
      at: now,
      facts: { keys: keys.length },
    }),
  );
  return ok({ ...publication, keys });
}
