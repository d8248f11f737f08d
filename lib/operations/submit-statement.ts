import { z } from 'zod';
import type { Actor } from '#lib/identity/actor.ts';
import { checkKeyPress } from '#lib/identity/check-key-press.ts';
import { consumeChallenge } from '#lib/identity/challenges.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { refuse, type Result } from '#lib/platform/result.ts';
import { intent as intentSchema } from '#lib/protocol/intent.ts';
import { base64url } from '#lib/protocol/scalars.ts';
import { statement as statementSchema } from '#lib/protocol/statement.ts';
import { recordDecision } from './record-decision.ts';
import { recordRaise } from './record-raise.ts';
import type { RecordedStatement } from './recorded-statement.ts';
import { loadTrust } from './trust.ts';

const submission = z.strictObject({ nonce: base64url.length(43), assertion: z.unknown() });

const erasableText = z.strictObject({ text: z.string(), salt: base64url });

const payloadSchema = z.strictObject({
  intent: z.string(),
  note: erasableText.nullable(),
  evidence: erasableText.optional(),
});

export type Submitted = { operation: string; number: string; state: string };

/**
 * Takes a signed statement: verifies the key press, then writes the statement and everything that
 * follows from it in the same transaction. The challenge is spent whatever the outcome.
 */
export async function submitStatement(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<Submitted>> {
  const form = submission.safeParse(input);
  if (!form.success)
    return refuse(
      'form-invalid',
      'The browser sent an incomplete answer. Start again from the page.',
    );
  const now = context.clock();
  return inTransaction(context.db, async (tx) => {
    const challenge = await consumeChallenge(
      tx,
      {
        nonce: form.data.nonce,
        purpose: 'statement',
        operatorId: actor.personId,
        sessionId: actor.sessionId,
      },
      now,
    );
    if (!challenge.ok) return challenge;
    const press = await checkKeyPress(
      tx,
      form.data.assertion,
      { challenge: challenge.value.challenge, operatorId: actor.personId },
      context,
    );
    if (!press.ok) return press;
    if (press.value.credential.status !== 'active')
      return refuse(
        'unknown-credential',
        'This key is not in the roster yet, so its statements do not count.',
      );
    const payload = payloadSchema.parse(challenge.value.payload);
    const recorded: RecordedStatement = {
      statement: statementSchema.parse(JSON.parse(challenge.value.document)),
      document: challenge.value.document,
      intent: intentSchema.parse(JSON.parse(payload.intent)),
      intentText: payload.intent,
      note: payload.note,
      evidence: payload.evidence ?? null,
      assertion: press.value.assertion,
    };
    const trust = await loadTrust(tx);
    if (
      trust?.roster.version !== recorded.statement.rosterVersion ||
      trust.policy.version !== recorded.statement.policyVersion
    )
      return refuse(
        'trust-changed',
        'The roster or the policy changed meanwhile. Read the operation again and start anew.',
      );
    return recorded.statement.decision === 'raise'
      ? recordRaise(tx, actor, recorded, trust, now)
      : recordDecision(tx, actor, recorded, now);
  });
}
