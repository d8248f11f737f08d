import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { readKeyPress, takeKeyPress } from '#lib/identity/take-key-press.ts';
import type { Context } from '#lib/platform/context.ts';
import { asJson } from '#lib/platform/db/as-json.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { settleWhenPaid, writeLiabilities } from '../losses/write-liabilities.ts';
import type { Case } from '../register/cases.ts';
import type { Facts } from '../register/open-case.ts';
import { readyForStep, takeStep } from '../register/take-step.ts';
import { sharingTransaction } from '../shares/sharing-transaction.ts';
import { caseContent, decisionStatement, type DecisionStatement } from './decision-statement.ts';

/**
 * Takes a signed decision: verifies the key press, then moves the case and keeps the statement in the
 * same transaction. The challenge is spent whatever the outcome, except where it took too long to share
 * out what is owed: then nothing has happened at all.
 */
export async function submitCaseDecision(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ seq: number }>> {
  const refused = lacksScope(actor, 'client:write');
  if (refused) return refused;
  const form = readKeyPress(input);
  if (!form.ok) return form;
  const at = context.clock();
  const { personId } = actor;
  return sharingTransaction(context.db, async (tx) => {
    const press = await takeKeyPress(
      tx,
      actor,
      { ...form.value, purpose: 'register-decision' },
      at,
      context,
    );
    if (!press.ok) return press;
    const { document } = press.value;
    const statement = decisionStatement.parse(JSON.parse(document));
    const decided = await decide(tx, statement, at);
    if (!decided.ok) return decided;
    const { seq, found } = decided.value;
    await tx.registerStatement.create({
      data: {
        caseId: statement.case,
        seq,
        document,
        assertion: asJson(press.value.assertion),
        credentialId: press.value.assertion.id,
      },
      select: { seq: true },
    });
    if (statement.register === 'loss') await settleWhenPaid(tx, found, { by: personId, at });
    return ok({ seq });
  });
}

async function decide(
  tx: Tx,
  statement: DecisionStatement,
  at: Date,
): Promise<Result<{ seq: number; found: Case }>> {
  const { register, case: caseId, revision: seen, decision: step, person: by } = statement;
  const ready = await readyForStep(tx, { register, caseId, seen, step, by });
  if (!ready.ok) return ready;
  const found = ready.value;
  if ((await caseContent(tx, found)) !== statement.content)
    return refuse(
      'case-moved',
      'What you signed is not what stands here any more: a text was corrected. Read it again, then decide.',
    );
  if (register === 'loss') await writeLiabilities(tx, found);
  // What is decided is what the step before says, word for word.
  const facts = (found.steps.at(-1)?.facts ?? {}) as Facts;
  const taken = await takeStep(tx, { register, caseId, seen, step, facts, texts: {}, by, at });
  return taken.ok ? ok({ seq: taken.value.seq, found }) : taken;
}
