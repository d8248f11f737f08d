/** signing → signed, for what moves coins: the parties decide and sign; the bytes to send are put together and kept. */
import { decodeTransfer } from '#lib/chains/solana/decode.ts';
import { signAsFeePayer } from '#lib/chains/solana/fee-payer.ts';
import { assembleTransaction, transactionId } from '#lib/chains/solana/transaction.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import type { MovingIntent } from '#lib/protocol/intent.ts';
import { changeState, type Stop } from '../change-state.ts';
import type { OperationRow } from '../load-standing.ts';
import { mayStillConfirm } from '../transaction-phases.ts';
import { loadTrust } from '../trust.ts';
import { bundleWithFacts } from './bundle-with-facts.ts';
import { findFrozenStop } from './frozen-stop.ts';
import { holdFor, signWithParties } from './sign-with-parties.ts';
import type { WorkerContext } from './worker-context.ts';

export async function signWithdrawal(
  row: OperationRow,
  intent: MovingIntent,
  context: WorkerContext,
): Promise<boolean> {
  const transaction = row.transactions.find(
    ({ phase }) => phase === 'built' || phase === 'releasing',
  );
  if (!transaction) throw new Error(`Operation ${row.id} is signing but has no transaction.`);
  const stop =
    feeAccountChanged(transaction, context.feePayer.address) ??
    (await findFrozenStop(intent, context.db));
  if (stop) return holdFor(row, stop, context);
  const vault = await context.db.vault.findUniqueOrThrow({
    where: { id: intent.vault },
    include: { key: true },
  });
  const trust = await loadTrust(context.db);
  if (!trust) throw new Error(`Operation ${row.id} is signing but there is no roster.`);
  const signed = await signWithParties(
    row,
    {
      bundle: () => bundleWithFacts(row, intent, context),
      transaction: { chain: transaction.chain, message: transaction.message },
      vault: { address: vault.address, members: vault.key.parties },
      roster: trust.roster,
      // From here a share may be out, so the record says so before anyone is asked for one.
      beforeRelease: async () => {
        await context.db.chainTransaction.update({
          where: { id: transaction.id },
          data: { phase: 'releasing' },
        });
      },
    },
    context,
  );
  if (!signed.ok) return signed.moved;
  const feePayerSignature = signAsFeePayer(
    context.feePayer,
    transaction.message,
    transaction.chain,
  );
  const raw = assembleTransaction(transaction.message, {
    [context.feePayer.address]: feePayerSignature,
    [vault.address]: signed.signature,
  });
  const txid = transactionId(transaction.message, feePayerSignature);
  const now = context.clock();
  return inTransaction(context.db, async (tx) => {
    await tx.chainTransaction.update({
      where: { id: transaction.id },
      data: { phase: 'signed', raw: new Uint8Array(raw), txid, signedAt: now },
    });
    await signed.keep?.(tx);
    return changeState(tx, { operation: row.id, from: 'signing', to: 'signed' }, now);
  });
}

/**
 * The parties sign one transaction for an operation, and it names its fee account. With another one
 * nothing can be sent, whatever people state.
 */
function feeAccountChanged(
  transaction: { chain: string; message: Uint8Array; phase: string },
  feePayer: string,
): Stop | null {
  const decoded = decodeTransfer(transaction.message, transaction.chain);
  // What can't be read is the parties' to refuse by name.
  if (!decoded.ok || decoded.transaction.feePayer === feePayer) return null;
  const { feePayer: needed } = decoded.transaction;
  const otherwise = mayStillConfirm(transaction)
    ? 'A signature may exist, so nothing else helps.'
    : 'Or cancel this one and raise a new one.';
  return {
    code: 'fee-account-changed',
    party: null,
    sentence: `This transfer was built for fee account ${needed}, and the worker has another now. Give the worker that account’s key back; then its raiser starts a new attempt. ${otherwise}`,
  };
}
