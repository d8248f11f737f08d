/** signing → signed: the parties decide and sign; the bytes to send are put together and kept. */
import { signAsFeePayer } from '#lib/chains/solana/fee-payer.ts';
import { assembleTransaction, transactionId } from '#lib/chains/solana/transaction.ts';
import { signTransaction } from '#lib/mpc/client/sign-transaction.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import type { WithdrawalIntent } from '#lib/protocol/intent.ts';
import { bundleOf } from '../load-bundle.ts';
import { changeState } from '../change-state.ts';
import type { OperationRow } from '../load-standing.ts';
import { holdRefused } from './hold-refused.ts';
import type { WorkerContext } from './worker-context.ts';

/** Groups whose parties sign a withdrawal: approvers' and co-signers'. */
const signingGroups: readonly string[] = ['control', 'custody'];

export async function signWithdrawal(
  row: OperationRow,
  intent: WithdrawalIntent,
  context: WorkerContext,
): Promise<boolean> {
  const transaction = row.transactions.find(
    ({ phase }) => phase === 'built' || phase === 'releasing',
  );
  if (!transaction) throw new Error(`Operation ${row.id} is signing but has no transaction.`);
  const vault = await context.db.vault.findUniqueOrThrow({ where: { id: intent.vault } });
  const signed = await signTransaction({
    clients: context.parties.filter((party) => signingGroups.includes(party.name)),
    bundle: bundleOf(row),
    transaction: { chain: transaction.chain, message: transaction.message },
    // From here a share may be out, so the record says so before anyone is asked for one.
    beforeRelease: async () => {
      await context.db.chainTransaction.update({
        where: { id: transaction.id },
        data: { phase: 'releasing' },
      });
    },
  });
  if (!signed.ok) return holdRefused(row, signed, context);
  const feePayerSignature = signAsFeePayer(
    context.feePayer,
    transaction.message,
    transaction.chain,
  );
  const raw = assembleTransaction(transaction.message, {
    [context.feePayer.address]: feePayerSignature,
    [vault.address]: signed.value.signature,
  });
  const txid = transactionId(transaction.message, feePayerSignature);
  const now = context.clock();
  return inTransaction(context.db, async (tx) => {
    await tx.chainTransaction.update({
      where: { id: transaction.id },
      data: { phase: 'signed', raw: new Uint8Array(raw), txid, signedAt: now },
    });
    return changeState(tx, { operation: row.id, from: 'signing', to: 'signed' }, now);
  });
}
