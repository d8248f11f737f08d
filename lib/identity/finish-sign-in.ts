import { appendAudit } from '#lib/audit/append-entry.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { z } from 'zod';
import { base64url } from '#lib/protocol/scalars.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { isAdmitted } from './admission.ts';
import { checkKeyPress } from './check-key-press.ts';
import { consumeChallenge } from './challenges.ts';
import { findGrantEnd, loadGrantEnds } from './grant-end.ts';
import { hashToken, newToken } from './hash-token.ts';

/** The ticket bridges the ceremony and the cookie; a minute is ample for one request. */
const ticketLifetimeMs = 60_000;

const signInForm = z.strictObject({ nonce: base64url.length(43), assertion: z.unknown() });

/**
 * Verifies the passkey answer and gives a one-time ticket that next-auth redeems for the cookie.
 * Refused when the key is unknown or the person is not active (not yet in the roster, suspended),
 * and once the roster's grant of either has ended.
 */
export async function finishSignIn(
  form: unknown,
  context: Context,
): Promise<Result<{ ticket: string }>> {
  const parsed = signInForm.safeParse(form);
  if (!parsed.success)
    return refuse('form-invalid', 'The browser sent an incomplete answer. Try again.');
  const input = parsed.data;
  const now = context.clock();
  return inTransaction(context.db, async (tx) => {
    const challenge = await consumeChallenge(tx, { nonce: input.nonce, purpose: 'sign-in' }, now);
    if (!challenge.ok) return challenge;
    const press = await checkKeyPress(
      tx,
      input.assertion,
      { challenge: challenge.value.challenge },
      context,
    );
    if (!press.ok) return press;
    const { credential } = press.value;
    if (!(await isAdmitted(tx, credential.operator.status, credential.status)))
      return refuse(
        'not-admitted',
        'Your key is registered, but it is not in the roster yet. It counts once colleagues have admitted you.',
      );
    const of = { operatorId: credential.operatorId, credentialId: credential.id };
    const ended = findGrantEnd(await loadGrantEnds(tx, of), now);
    if (ended) return ended;
    const ticket = newToken();
    await tx.loginTicket.create({
      data: {
        tokenHash: hashToken(ticket),
        operatorId: credential.operatorId,
        credentialId: credential.id,
        expiresAt: new Date(now.getTime() + ticketLifetimeMs),
      },
    });
    await appendAudit(tx, {
      kind: 'signed-in',
      subject: credential.operatorId,
      actor: credential.operatorId,
      at: now,
      facts: { credential: credential.id },
    });
    return ok({ ticket });
  });
}
