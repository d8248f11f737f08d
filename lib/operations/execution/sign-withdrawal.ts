/** signing → signed, for what moves coins. */
import type { MovingIntent } from '#lib/protocol/intent.ts';
import { changeState } from '../change-state.ts';
import type { OperationRow } from '../load-standing.ts';
import { signOne } from './sign-one.ts';
import { holdUnsigned } from './sign-with-parties.ts';
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
  const signed = await signOne(row, intent, transaction, context);
  if (!signed.ok) return holdUnsigned(row, signed.because, context);
  return signed.keep((tx) =>
    changeState(tx, { operation: row.id, from: 'signing', to: 'signed' }, context.clock()),
  );
}
