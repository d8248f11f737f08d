import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { consumeChallenge } from '#lib/identity/challenges.ts';
import { checkKeyPress } from '#lib/identity/check-key-press.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { refuse, type Result } from '#lib/platform/result.ts';
import { base64url } from '#lib/protocol/scalars.ts';
import { closingStatement } from './breaks/closing-statement.ts';
import { moveBreakIn } from './breaks/move-break.ts';

const submission = z.strictObject({ nonce: base64url.length(43), assertion: z.unknown() });
const payloadSchema = z.strictObject({
  note: z.strictObject({ text: z.string(), salt: base64url }).nullable(),
});

/**
 * Takes a signed proposal or acceptance: verifies the key press, then moves the break and keeps the
 * statement in the same transaction. The challenge is spent whatever the outcome.
 */
export async function submitClosing(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ revision: number }>> {
  const refused = lacksScope(actor, 'break:close');
  if (refused) return refused;
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
    const wanted = { nonce, purpose: 'break-closing', operatorId: personId, sessionId } as const;
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
    const { document } = challenge.value;
    const statement = closingStatement.parse(JSON.parse(document));
    const { note } = payloadSchema.parse(challenge.value.payload);
    const { how, journal, noteCommitment, revision } = statement;
    const event =
      statement.decision === 'propose'
        ? ({ what: 'proposed', proposal: { by: personId, how, journal } } as const)
        : ({ what: 'accepted', by: personId } as const);
    return moveBreakIn(
      tx,
      actor,
      { id: statement.break, revision, event, text: note?.text ?? null },
      {
        at,
        signed: {
          document,
          assertion: press.value.assertion,
          note: note && noteCommitment ? { salt: note.salt, commitment: noteCommitment } : null,
        },
      },
    );
  });
}
