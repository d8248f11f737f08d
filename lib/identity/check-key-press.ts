/** Verifies a key press against the credential on record, and keeps its counter. */
import { verifyAssertion } from '#lib/protocol/webauthn.ts';
import type { AssertionJson } from '#lib/protocol/statement.ts';
import type { Prisma } from '#lib/platform/db/generated/client.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { sentenceOf } from '#lib/protocol/refusals.ts';
import { readAssertion } from './read-assertion.ts';

export type KeyPress = {
  credential: Prisma.CredentialGetPayload<{ include: { operator: true } }>;
  assertion: AssertionJson;
};

const unknownKey = () =>
  refuse(
    'unknown-credential',
    'This key is not known here, or no longer counts. Use a key that is enrolled.',
  );

/**
 * Refused besides for a key that was stopped and for a person who was suspended; that is said only
 * to who holds the key.
 * @param expected.challenge base64url, what the authenticator must have signed.
 * @param expected.operatorId set when only this person's keys count.
 * @returns the credential, its new counter already written in the caller's transaction.
 */
export async function checkKeyPress(
  tx: Tx,
  input: unknown,
  expected: { challenge: string; operatorId?: string },
  context: Context,
): Promise<Result<KeyPress>> {
  const assertion = readAssertion(input);
  if (!assertion)
    return refuse(
      'assertion-malformed',
      'The browser sent an answer in a form we do not accept. Try again.',
    );
  // Key presses with one key are judged one after the other, or two with the same counter could both
  // pass as the next; and one is either before a stop of the key or refused by it.
  await tx.$queryRaw`select 1 from credential where id = ${assertion.id} for no key update`;
  const credential = await tx.credential.findUnique({
    where: { id: assertion.id },
    include: { operator: true },
  });
  if (!credential || credential.status === 'revoked') return unknownKey();
  if (expected.operatorId !== undefined && credential.operatorId !== expected.operatorId)
    return unknownKey();
  const { settings } = context;
  const verdict = await verifyAssertion({
    credential: {
      id: credential.id,
      publicKey: credential.publicKey,
      signCount: Number(credential.signCount),
      backupEligible: credential.backupEligible,
    },
    response: assertion,
    expected: {
      challenge: expected.challenge,
      origin: settings.origin,
      rpId: settings.rpId,
      // As given at enrolment: a key that answers for somebody else is not this person's.
      userHandle: Buffer.from(credential.operatorId, 'utf8').toString('base64url'),
    },
    rules: { allowSynced: settings.mode === 'sandbox' },
  });
  if (!verdict.ok) return refuse(verdict.refusal, sentenceOf(verdict.refusal));
  if (credential.operator.status === 'suspended')
    return refuse(
      'suspended',
      'Your access is suspended, so nothing you sign counts here. An administrator can tell you why.',
    );
  await tx.credential.update({
    where: { id: credential.id },
    data: { signCount: BigInt(verdict.signCount), lastUsedAt: context.clock() },
  });
  return ok({ credential, assertion });
}
