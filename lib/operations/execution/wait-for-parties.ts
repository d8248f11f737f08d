/** Parties said that a delay or a time-lock runs: the operation waits, and people can still end it. */
import type { PartyClient } from '#lib/mpc/client/party-client.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { changeState } from '../change-state.ts';
import type { OperationRow } from '../load-standing.ts';
import { asState } from '../states.ts';
import { waitsFor } from './party-waits.ts';
import type { WorkerContext } from './worker-context.ts';

/** So that a clock that is a little off brings no second look at once. */
const marginMs = 250;

/**
 * @param which a withdrawal goes on when the last of the parties does, because they sign together;
 *   everything else when the first does, because from then on it can't be vetoed any more.
 */
export async function waitForParties(
  row: OperationRow,
  parties: readonly PartyClient[],
  which: 'first' | 'last',
  context: Pick<WorkerContext, 'db' | 'clock'>,
): Promise<boolean> {
  const untils = (await waitsFor(parties, row.id)).map((until) => until.getTime());
  const now = context.clock();
  // Where no party says it, the rule's own time from now on; the parties say so when it is not over.
  const told = untils.length > 0 ? untils : [now.getTime() + row.delaySeconds * 1000];
  const end = which === 'first' ? Math.min(...told) : Math.max(...told);
  const until = new Date(Math.max(end, now.getTime()) + marginMs);
  return inTransaction(context.db, (tx) =>
    changeState(tx, { operation: row.id, from: asState(row.state), to: 'waiting', until }, now),
  );
}

/** waiting → signing once its time has come; from then on nobody can veto it here. */
export async function endWait(
  row: OperationRow,
  context: Pick<WorkerContext, 'db' | 'clock'>,
): Promise<boolean> {
  const now = context.clock();
  if (row.waitingUntil === null || row.waitingUntil > now) return false;
  return inTransaction(context.db, (tx) =>
    changeState(tx, { operation: row.id, from: 'waiting', to: 'signing' }, now),
  );
}
