/** signing → signed, for what moves coins: the parties decide and sign; the bytes to send are put together and kept. */
import { inTransaction } from '#lib/platform/db/transaction.ts';
import type { MovingIntent } from '#lib/protocol/intent.ts';
import { changeState } from '../change-state.ts';
import type { OperationRow } from '../load-standing.ts';
import { loadTrust } from '../trust.ts';
import { bundleWithFacts } from './bundle-with-facts.ts';
import { adapterFor } from './chains/adapters.ts';
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
  const adapter = adapterFor(transaction.chain);
  const stop =
    adapter.findObstacle(transaction, context) ?? (await findFrozenStop(intent, context.db));
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
      vault: { publicKey: vault.key.publicKey, members: vault.key.parties },
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
  const { signature } = signed;
  const assembled = adapter.assemble(transaction, { vault, signatures: [signature] }, context);
  if (!assembled.ok) return holdFor(row, assembled.stop, context);
  const { raw, txid } = assembled;
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
