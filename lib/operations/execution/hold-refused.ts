/** A party said no: the operation is held under the refusal's name. An absence is only waited out. */
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { log } from '#lib/platform/log.ts';
import { refusalSentence } from '#lib/mpc/client/refusal-sentence.ts';
import { changeState } from '../change-state.ts';
import type { OperationRow } from '../load-standing.ts';
import { asState } from '../states.ts';
import type { WorkerContext } from './worker-context.ts';

export type PartyNo = { refusal: string; party: string };

/** Faults that pass by themselves; the operation is tried again under the same statements. */
const benign: ReadonlySet<string> = new Set(['party-unreachable', 'party-timeout']);

/** @returns true when the operation was held, false when it is to be tried again. */
export async function holdRefused(
  row: OperationRow,
  no: PartyNo,
  context: WorkerContext,
): Promise<boolean> {
  log.warn({ operation: row.id, party: no.party, refusal: no.refusal }, 'party did not take part');
  if (benign.has(no.refusal)) return false;
  const stop = { code: no.refusal, party: no.party, sentence: refusalSentence(no.refusal) };
  return inTransaction(context.db, (tx) =>
    changeState(
      tx,
      { operation: row.id, from: asState(row.state), to: 'held', stop },
      context.clock(),
    ),
  );
}
