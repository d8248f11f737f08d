import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { consumeChallenge } from '#lib/identity/challenges.ts';
import { checkKeyPress } from '#lib/identity/check-key-press.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { refuse, type Result } from '#lib/platform/result.ts';
import { correctionStatement } from '#lib/protocol/correction.ts';
import { base64url } from '#lib/protocol/scalars.ts';
import { approveCorrectionIn } from './approve-correction.ts';
import { correctionPayload } from './issue-challenge.ts';
import { raiseCorrectionIn } from './raise-correction.ts';

const submission = z.strictObject({ nonce: base64url.length(43), assertion: z.unknown() });

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
  const form = submission.safeParse(input);
  if (!form.success)
    return refuse(
      'form-invalid',
      'The browser sent an incomplete answer. Start again from the page.',
    );
  const at = context.clock();
  const { personId, sessionId } = actor;
  const { nonce, assertion } = form.data;
  return inTransaction(context.db, async (tx) => {
    const wanted = {
      nonce,
      purpose: 'ledger-correction',
      operatorId: personId,
      sessionId,
    } as const;
    const challenge = await consumeChallenge(tx, wanted, at);
    if (!challenge.ok) return challenge;
    const expected = { challenge: challenge.value.challenge, operatorId: personId };
    const press = await checkKeyPress(tx, assertion, expected, context);
    if (!press.ok) return press;
    if (press.value.credential.status !== 'active')
      return refuse(
        'unknown-credential',
        'This key is not in the roster yet, so its statements do not count.',
      );
    const { document: text } = challenge.value;
    const statement = correctionStatement.parse(JSON.parse(text));
    const payload = correctionPayload.parse(challenge.value.payload);
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
