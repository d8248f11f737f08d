/**
 * cosigned → signing → done for a proof of control: the parties sign the text that follows from the
 * intent, and the signature is verified and kept beside the snapshot that it names.
 */
import { controlBytes, controlToSign, writeControl } from '#lib/chains/control-proof.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import type { ProofOfControlIntent } from '#lib/protocol/control-intent.ts';
import { changeState } from '../change-state.ts';
import { bundleOf } from '../load-bundle.ts';
import type { OperationRow } from '../load-standing.ts';
import { loadTrust } from '../trust.ts';
import { vaultKeyOf } from './chains/source-account.ts';
import { findFrozenStop } from './frozen-stop.ts';
import { holdFor, holdUnsigned, signWithParties } from './sign-with-parties.ts';
import type { WorkerContext } from './worker-context.ts';

/** No party is asked before this state: from then on nobody ends it here. */
const begin = (row: OperationRow, context: WorkerContext): Promise<boolean> =>
  inTransaction(context.db, (tx) =>
    changeState(tx, { operation: row.id, from: 'cosigned', to: 'signing' }, context.clock()),
  );

export async function proveControl(
  row: OperationRow,
  intent: ProofOfControlIntent,
  context: WorkerContext,
): Promise<boolean> {
  if (row.state === 'cosigned') return begin(row, context);
  if (row.state !== 'signing') return false;
  const stop = await findFrozenStop({ vault: intent.vault, asset: null }, context.db);
  if (stop) return holdFor(row, stop, context);
  const text = controlToSign(intent);
  if (!text) throw new Error(`Operation ${row.id} names a vault that can sign no text.`);
  const vault = await context.db.vault.findUniqueOrThrow({
    where: { id: intent.vault },
    include: { key: true },
  });
  const key = vaultKeyOf(vault);
  const trust = await loadTrust(context.db);
  if (!trust) throw new Error(`Operation ${row.id} is signing but there is no roster.`);
  const signed = await signWithParties(
    row,
    {
      bundle: () => Promise.resolve(bundleOf(row)),
      transaction: {
        chain: intent.chain,
        message: text.message,
        suite: key.suite,
        parts: [text.part],
      },
      vault: { publicKey: vault.key.publicKey, members: vault.key.parties },
      roster: trust.roster,
      // A text has no fate on a chain, so nothing has to be known of it before the signature is here.
      beforeRelease: () => Promise.resolve(),
    },
    context,
  );
  if (!signed.ok) return holdUnsigned(row, signed.because, context);
  const [signature] = signed.signatures;
  if (!signature) throw new Error(`Operation ${row.id} got no signature.`);
  // Parties were checked to answer with the vault's key; what is kept is verified on its own.
  const proof = writeControl(intent, key, signature);
  const now = context.clock();
  return inTransaction(context.db, async (tx) => {
    const to = { operation: row.id, from: 'signing', to: 'done' } as const;
    if (!(await changeState(tx, to, now))) return false;
    await signed.keep?.(tx);
    const { snapshotDigest } = intent.challenge;
    const snapshot = await tx.reservesSnapshot.findUniqueOrThrow({
      where: { digest: snapshotDigest },
      select: { id: true },
    });
    await tx.controlProof.create({
      data: {
        operationId: row.id,
        snapshotId: snapshot.id,
        vaultId: intent.vault,
        signature: new Uint8Array(controlBytes(intent.chain, proof)),
        signedAt: now,
      },
    });
    await publish(tx, { topic: 'operations', id: row.id });
    return true;
  });
}
