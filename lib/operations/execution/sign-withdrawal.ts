/** signing → signed, for what moves coins. */
import { isAbsence } from '#lib/mpc/client/benign.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import type { MovingIntent } from '#lib/protocol/intent.ts';
import { changeState } from '../change-state.ts';
import type { OperationRow } from '../load-standing.ts';
import { holdLapsed } from './hold-lapsed.ts';
import { signOne } from './sign-one.ts';
import { holdUnsigned, type Unsigned } from './sign-with-parties.ts';
import type { WorkerContext } from './worker-context.ts';

export async function signWithdrawal(
  row: OperationRow,
  intent: MovingIntent,
  context: WorkerContext,
): Promise<boolean> {
  const moveOn = (tx: Tx): Promise<boolean> =>
    changeState(tx, { operation: row.id, from: 'signing', to: 'signed' }, context.clock());
  // Its signature came while it was held; parties need not be asked for what is on record.
  if (row.transactions.some(({ phase }) => phase === 'signed'))
    return inTransaction(context.db, moveOn);
  const transaction = row.transactions.find(
    ({ phase }) => phase === 'built' || phase === 'releasing',
  );
  if (!transaction) throw new Error(`Operation ${row.id} is signing but has no transaction.`);
  const signed = await signOne(row, intent, transaction, context);
  if (!signed.ok) {
    const { because } = signed;
    if (await holdUnsigned(row, because, context)) return true;
    return waitsOnly(because) && holdLapsed(row, context);
  }
  return signed.keep(moveOn);
}

/** The parties were not asked, so none of them says that it is too late. */
const waitsOnly = (because: Unsigned): boolean =>
  because.is === 'asset-held' || (because.is === 'refused' && isAbsence(because.no.refusal));
