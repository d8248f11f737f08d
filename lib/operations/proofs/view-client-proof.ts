import { appendAudit } from '#lib/audit/append-entry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { liabilityProof, reservesSnapshot, type LiabilityProof } from '#lib/protocol/reserves.ts';
import { clientId, operationId } from '#lib/protocol/scalars.ts';
import { clientProofs } from './snapshot-trees.ts';

/**
 * One client's proof, built anew from the books and the seed. That it was made is in the audit trail,
 * because it says what the client was owed.
 */
export async function viewClientProof(
  actor: Actor,
  of: { snapshot: string; client: string },
  { db, clock }: Context,
): Promise<Result<LiabilityProof>> {
  const refused = lacksScope(actor, 'ledger:read');
  if (refused) return refused;
  const client = clientId.safeParse(of.client);
  if (!client.success) return refuse('client-unknown', 'Enter a client number, such as C-20418.');
  const row = operationId.safeParse(of.snapshot).success
    ? await db.reservesSnapshot.findUnique({ where: { id: of.snapshot }, include: { seed: true } })
    : null;
  if (!row) return refuse('snapshot-unknown', 'There is no such snapshot. Choose one of the list.');
  if (!row.seed)
    return refuse(
      'snapshot-seed-gone',
      'The seed of this snapshot was destroyed, so no proof can be made from it. Take a newer one.',
    );
  const { organisation, environment, snapshot, close, liabilities } = reservesSnapshot.parse(
    JSON.parse(row.document),
  );
  const seed = new Uint8Array(row.seed.seed);
  const scope = {
    organisation,
    environment,
    snapshot,
    seed,
    lastJournal: BigInt(close.lastJournal),
  };
  const built = await clientProofs(db, scope, client.data);
  if (built.length === 0)
    return refuse(
      'client-not-in-snapshot',
      'This client had no account with a movement by then, so there is nothing to prove.',
    );
  const proof = liabilityProof.parse({
    type: 'countersign/liability-proof/v1',
    snapshotDigest: row.digest,
    client: client.data,
    assets: built.map((found) => found.proof),
  });
  const isSame = built.every(({ root }) =>
    liabilities.some(({ asset, hash }) => asset === root.asset && hash === root.hash),
  );
  if (!isSame) throw new Error(`Snapshot ${snapshot} can't be built again from the books.`);
  const now = clock();
  await inTransaction(db, (tx) =>
    appendAudit(tx, {
      kind: 'snapshot-proof-read',
      subject: snapshot,
      actor: actor.personId,
      at: now,
      facts: { client: client.data },
    }),
  );
  return ok(proof);
}
