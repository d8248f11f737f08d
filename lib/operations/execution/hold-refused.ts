/** A party said no: the operation is held under the refusal's name. What a repeat may mend is repeated. */
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { log } from '#lib/platform/log.ts';
import { isAbsence, isBenign } from '#lib/mpc/client/benign.ts';
import { refusalSentence } from '#lib/mpc/client/refusal-sentence.ts';
import { changeState } from '../change-state.ts';
import type { OperationRow } from '../load-standing.ts';
import { asState } from '../states.ts';
import type { WorkerContext } from './worker-context.ts';

export type PartyNo = { refusal: string; party: string };

/**
 * @returns true when the operation was held, false when a party was away and it is tried again.
 * @throws Error when a party lost or closed what was in progress: the operation rests before it is
 *   tried again under the same statements, and shows in health when that does not help.
 */
export async function holdRefused(
  row: OperationRow,
  no: PartyNo,
  context: Pick<WorkerContext, 'db' | 'clock' | 'waits'>,
): Promise<boolean> {
  log.warn({ operation: row.id, party: no.party, refusal: no.refusal }, 'party did not take part');
  if (isAbsence(no.refusal)) {
    context.waits?.({ code: 'party-away', party: no.party });
    return false;
  }
  if (isBenign(no.refusal)) {
    context.waits?.({ code: 'party-began-anew', party: no.party });
    throw new Error(`Party ${no.party} did not go on with operation ${row.id}: ${no.refusal}.`);
  }
  const stop = { code: no.refusal, party: no.party, sentence: refusalSentence(no.refusal) };
  return inTransaction(context.db, (tx) =>
    changeState(
      tx,
      { operation: row.id, from: asState(row.state), to: 'held', stop },
      context.clock(),
    ),
  );
}
