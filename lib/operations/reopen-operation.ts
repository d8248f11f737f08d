import type { Actor } from '#lib/identity/actor.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import type { Allowed } from './ask-policy.ts';
import { passOnAlone } from './pass-on-alone.ts';
import { findRetryRefusal } from './retry-refusal.ts';
import { writeStatement, type RecordedStatement } from './recorded-statement.ts';
import type { Submitted } from './submit-statement.ts';

/**
 * A held operation goes on only under a new attempt: every statement is made afresh, starting with
 * the raiser's, under the policy in force now. The hold on the client's balance stays; the tie on the chain stays with it.
 */
export async function reopenOperation(
  tx: Tx,
  actor: Actor,
  recorded: RecordedStatement,
  allowed: Allowed,
  now: Date,
): Promise<Result<Submitted>> {
  const { statement } = recorded;
  const row = await tx.operation.findUnique({
    where: { id: statement.operation },
    include: { transactions: { select: { phase: true } } },
  });
  if (!row) return refuse('operation-unknown', 'There is no such operation.');
  const refused = findRetryRefusal(row, actor, now);
  if (refused) return refused;
  if (statement.attempt !== row.attempt + 1)
    return refuse('operation-changed', 'This operation changed meanwhile. Reload it.');
  if (row.digest !== statement.intentDigest)
    return refuse(
      'digest-mismatch',
      'The operation on record is not the one you signed. Nothing was changed.',
    );
  const { count } = await tx.operation.updateMany({
    where: { id: row.id, revision: row.revision, state: 'held' },
    data: {
      state: 'raised',
      attempt: statement.attempt,
      revision: row.revision + 1,
      stateChangedAt: now,
      stopCode: null,
      stopParty: null,
      stopSentence: null,
      rosterVersion: statement.rosterVersion,
      policyVersion: statement.policyVersion,
      policyRule: allowed.rule,
      needs: allowed.needs,
      delaySeconds: allowed.waitSeconds,
      secondChannel: allowed.secondChannel,
    },
  });
  if (count === 0)
    return refuse('operation-changed', 'This operation changed meanwhile. Reload it.');
  await writeStatement(tx, recorded, now);
  const state = await passOnAlone(tx, row.id, allowed, now);
  await publish(tx, { topic: 'operations', id: row.id });
  return ok({ operation: row.id, number: row.number, state });
}
