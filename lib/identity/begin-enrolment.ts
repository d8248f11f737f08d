import { generateRegistrationOptions } from '@simplewebauthn/server';
import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server';
import { operatorName } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { challengeLifetimeMs, issueChallenge, newNonce } from './challenges.ts';
import { findInvitation, keysPerPersonMax } from './enrolment.ts';
import { offeredAlgorithms } from './registration-rules.ts';

export type EnrolmentStart = {
  nonce: string;
  options: PublicKeyCredentialCreationOptionsJSON;
};

/** Options for registering one key under an enrolment link. */
export async function beginEnrolment(
  token: unknown,
  context: Context,
): Promise<Result<EnrolmentStart>> {
  const now = context.clock();
  const invitation = await findInvitation(context.db, token, now);
  if (!invitation.ok) return invitation;
  const { operator } = invitation.value;
  if (operator.credentials.length >= keysPerPersonMax)
    return refuse('too-many-keys', `A person holds at most ${keysPerPersonMax} keys.`);
  const nonce = newNonce();
  const issued = await issueChallenge(
    context.db,
    { purpose: 'enrol', nonce, challenge: nonce, operatorId: operator.id },
    now,
  );
  if (!issued.ok) return issued;
  const name = await operatorName(context.db, operator.id);
  const options = await generateRegistrationOptions({
    rpName: 'Countersign',
    rpID: context.settings.rpId,
    userID: new Uint8Array(Buffer.from(operator.id, 'utf8')),
    userName: name,
    userDisplayName: name,
    challenge: new Uint8Array(Buffer.from(nonce, 'base64url')),
    timeout: challengeLifetimeMs,
    attestationType: 'direct',
    excludeCredentials: operator.credentials.map(({ id }) => ({ id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: offeredAlgorithms,
  });
  return ok({ nonce, options });
}
