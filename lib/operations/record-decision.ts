import type { Actor } from '#lib/identity/actor.ts';
import { voidHold } from '#lib/ledger/void-hold.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { loadStanding } from './load-standing.ts';
import { changedUnderneath } from './prepare-decision.ts';
import { writeStatement, type RecordedStatement } from './recorded-statement.ts';
import { seatAt } from './seats.ts';
import { findDecisionRefusal, stateFromStatements } from './standing.ts';
import type { Submitted } from './submit-statement.ts';

/** Records an approval, co-signature, rejection or cancellation and moves the operation on. */
export async function recordDecision(
  tx: Tx,
  actor: Actor,
  recorded: RecordedStatement,
  now: Date,
): Promise<Result<Submitted>> {
  const { statement } = recorded;
  const { decision } = statement;
  if (decision === 'raise') throw new Error('A raise statement is recorded by recordRaise.');
  // The row lock makes the checks below and the writes one step for everybody else.
  await tx.$queryRaw`SELECT id FROM operation WHERE id = ${statement.operation}::uuid FOR UPDATE`;
  const loaded = await loadStanding(tx, statement.operation, now);
  if (!loaded) return refuse('operation-unknown', 'There is no such operation.');
  const { row, standing } = loaded;
  const refusal = findDecisionRefusal(standing, actor, decision, now);
  if (refusal) return refusal;
  if (row.attempt !== statement.attempt) return changedUnderneath();
  if (row.digest !== statement.intentDigest)
    return refuse(
      'digest-mismatch',
      'The operation on record is not the one you signed. Nothing was changed.',
    );
  const seat = seatAt(standing.roster, actor.personId, now.getTime());
  const state =
    decision === 'reject' || decision === 'cancel'
      ? endingState(decision)
      : stateFromStatements({
          ...standing,
          statements: [
            ...standing.statements,
            { personId: actor.personId, group: seat.group, decision },
          ],
        });
  await writeStatement(tx, recorded, now);
  await tx.operation.update({
    where: { id: row.id },
    data: { state, revision: row.revision + 1, stateChangedAt: now },
  });
  if (state === 'rejected' || state === 'cancelled') await undoRaise(tx, row.id, 'voided');
  await publish(tx, { topic: 'operations', id: row.id });
  return ok({ operation: row.id, number: row.number, state });
}

const endingState = (decision: 'reject' | 'cancel') =>
  decision === 'reject' ? 'rejected' : 'cancelled';

/** Releases what raising took: the hold on the balance and the proposed address. */
export async function undoRaise(
  tx: Tx,
  operation: string,
  outcome: 'voided' | 'expired',
): Promise<void> {
  await voidHold(tx, { operation, outcome });
  await tx.destination.updateMany({
    where: { operationId: operation, state: 'proposed' },
    data: { state: 'removed' },
  });
}
