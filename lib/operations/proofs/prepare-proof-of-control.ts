import { z } from 'zod';
import { controlToSign } from '#lib/chains/control-proof.ts';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { proofOfControlIntent, type ProofOfControlIntent } from '#lib/protocol/control-intent.ts';
import { lifetimeOf } from '#lib/protocol/lifetimes.ts';
import { reservesSnapshot } from '#lib/protocol/reserves.ts';
import { operationId, slug, vaultTier } from '#lib/protocol/scalars.ts';
import { beforeGenesis, prepareRaise, type PreparedStatement } from '../prepare-raise.ts';
import { lacksRaiseScope } from '../raise-scope.ts';
import { loadTrust } from '../trust.ts';

const form = z.strictObject({ operation: operationId, snapshot: operationId, vault: slug });

/** Gives out the raise statement by which the key of a vault answers for a snapshot. */
export async function prepareProofOfControl(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<PreparedStatement & { intent: ProofOfControlIntent }>> {
  const refused = lacksRaiseScope(actor, 'proof-of-control');
  if (refused) return refused;
  const asked = form.safeParse(input);
  if (!asked.success) return refuse('form-invalid', 'Choose a vault of the snapshot.');
  const trust = await loadTrust(context.db);
  if (!trust) return beforeGenesis();
  const { operation, snapshot: id, vault: vaultId } = asked.data;
  const row = await context.db.reservesSnapshot.findUnique({ where: { id } });
  if (!row) return refuse('snapshot-unknown', 'There is no such snapshot. Choose one of the list.');
  const snapshot = reservesSnapshot.parse(JSON.parse(row.document));
  const vault = await context.db.vault.findUnique({ where: { id: vaultId } });
  const reserve = snapshot.reserves.find((entry) => entry.vault === vaultId);
  const block = snapshot.blocks.find(({ chain }) => chain === vault?.chain);
  if (!vault || !reserve || !block)
    return refuse('vault-not-in-snapshot', 'This vault is not among the reserves of the snapshot.');
  const { policy } = trust;
  const tier = vaultTier.parse(vault.tier);
  const seconds = lifetimeOf(policy, { kind: 'proof-of-control', tier });
  const intent = proofOfControlIntent.parse({
    type: 'countersign/intent/v1',
    organisation: context.settings.organisation,
    environment: context.settings.mode,
    operation,
    notAfter: new Date(context.clock().getTime() + seconds * 1000).toISOString(),
    kind: 'proof-of-control',
    vault: vault.id,
    key: vault.keyId,
    chain: vault.chain,
    address: vault.address,
    challenge: {
      snapshotDigest: row.digest,
      block: { height: block.height, hash: block.hash },
    },
  });
  if (!controlToSign(intent))
    return refuse('control-chain-unknown', 'No text is known that a key of this chain could sign.');
  const prepared = await prepareRaise(actor, { intent, note: null, attempt: 1 }, trust, context);
  return prepared.ok ? ok({ ...prepared.value, intent }) : prepared;
}
