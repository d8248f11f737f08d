/** Takes back what a person signed, in the transaction that does what they signed. */
import { z } from 'zod';
import type { Context } from '#lib/platform/context.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { base64url } from '#lib/protocol/scalars.ts';
import type { AssertionJson } from '#lib/protocol/statement.ts';
import type { Actor } from './actor.ts';
import { consumeChallenge, type ChallengePurpose, type ConsumedChallenge } from './challenges.ts';
import { checkKeyPress } from './check-key-press.ts';

const submission = z.strictObject({ nonce: base64url.length(43), assertion: z.unknown() });

export type SubmittedPress = z.infer<typeof submission>;

/** What a browser sends back, before anything is looked up. */
export function readKeyPress(input: unknown): Result<SubmittedPress, 'form-invalid'> {
  const form = submission.safeParse(input);
  return form.success
    ? ok(form.data)
    : refuse('form-invalid', 'The browser sent an incomplete answer. Start again from the page.');
}

export type TakenPress = {
  /** The canonical text that was signed, and what was kept beside it. */
  document: string;
  payload: ConsumedChallenge['payload'];
  assertion: AssertionJson;
};

/**
 * Spends the challenge, whatever the outcome, and verifies the press of a key that is in the roster.
 * @param at when it came.
 */
export async function takeKeyPress(
  tx: Tx,
  actor: Actor,
  { nonce, assertion, purpose }: SubmittedPress & { purpose: ChallengePurpose },
  at: Date,
  context: Context,
): Promise<Result<TakenPress>> {
  const { personId: operatorId, sessionId } = actor;
  const taken = await consumeChallenge(tx, { nonce, purpose, operatorId, sessionId }, at);
  if (!taken.ok) return taken;
  const { challenge, document, payload } = taken.value;
  const press = await checkKeyPress(tx, assertion, { challenge, operatorId }, context);
  if (!press.ok) return press;
  if (press.value.credential.status !== 'active')
    return refuse(
      'unknown-credential',
      'This key is not in the roster yet, so its statements do not count.',
    );
  return ok({ document, payload, assertion: press.value.assertion });
}
