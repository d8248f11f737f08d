import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { readKeyPress, takeKeyPress } from '#lib/identity/take-key-press.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTextTransaction } from '#lib/persons/in-text-transaction.ts';
import type { Result } from '#lib/platform/result.ts';
import { correctionStatement } from '#lib/protocol/correction.ts';
import { approveCorrectionIn } from './approve-correction.ts';
import { correctionPayload } from './issue-challenge.ts';
import { raiseCorrectionIn } from './raise-correction.ts';

/** What came of it; the journal is there once it is approved. */
export type CorrectionOutcome = { correction: string; number: string; journal: string | null };

/**
 * Takes a signed raise or approval: verifies the key press, then does what was signed in the same
 * transaction. The challenge is spent whatever the outcome.
 */
export async function submitCorrection(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<CorrectionOutcome>> {
  const form = readKeyPress(input);
  if (!form.ok) return form;
  const at = context.clock();
  return inTextTransaction(context.db, async (tx) => {
    const press = await takeKeyPress(
      tx,
      actor,
      { ...form.value, purpose: 'ledger-correction' },
      at,
      context,
    );
    if (!press.ok) return press;
    const { document: text } = press.value;
    const statement = correctionStatement.parse(JSON.parse(text));
    const payload = correctionPayload.parse(press.value.payload);
    const refused = lacksScope(
      actor,
      payload.decision === 'raise' ? 'correction:raise' : 'correction:approve',
    );
    if (refused) return refused;
    const signed = { text, assertion: press.value.assertion };
    return payload.decision === 'raise'
      ? raiseCorrectionIn(tx, { payload, signed, at })
      : approveCorrectionIn(tx, { actor, statement, signed, at }, context);
  });
}
