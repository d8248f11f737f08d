import { verifyRegistrationResponse, type RegistrationResponseJSON } from '@simplewebauthn/server';
import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { readText, textRules } from '#lib/protocol/free-text.ts';
import { base64url } from '#lib/protocol/scalars.ts';
import { softwareAaguid } from '#lib/protocol/software-authenticator.ts';
import { consumeChallenge } from './challenges.ts';
import { keysPerPersonMax, lockInvitation } from './enrolment.ts';
import { findRegistrationFault, offeredAlgorithms } from './registration-rules.ts';

const registrationJson = z.looseObject({
  id: base64url.max(1400),
  rawId: base64url.max(1400),
  type: z.literal('public-key'),
  response: z.looseObject({
    clientDataJSON: base64url,
    attestationObject: z
      .string()
      .max(32_768)
      .regex(/^[A-Za-z0-9_-]+$/),
    transports: z.array(z.string().max(40)).max(10).optional(),
  }),
  clientExtensionResults: z.looseObject({}),
});

const keyForm = z.strictObject({
  token: z.string().max(100),
  nonce: base64url.length(43),
  label: z.string().max(200),
  registration: z.unknown(),
});

const malformed = () =>
  refuse(
    'registration-malformed',
    'The browser sent an answer in a form we do not accept. Try again.',
  );

type Verified = NonNullable<
  Awaited<ReturnType<typeof verifyRegistrationResponse>>['registrationInfo']
>;

async function verify(
  response: RegistrationResponseJSON,
  challenge: string,
  context: Context,
): Promise<Verified | null> {
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: context.settings.origin,
      expectedRPID: context.settings.rpId,
      requireUserVerification: true,
      supportedAlgorithmIDs: offeredAlgorithms,
    });
    return verified ? (registrationInfo ?? null) : null;
  } catch {
    // The library throws on every mismatch; the person can only try again, so the reasons are one.
    return null;
  }
}

/**
 * Registers one key for the person behind an enrolment link. The key stays pending: it can sign
 * nothing until a roster operation has admitted it.
 */
export async function registerKey(
  form: unknown,
  context: Context,
): Promise<Result<{ credentialId: string }>> {
  const shape = keyForm.safeParse(form);
  if (!shape.success) return malformed();
  const input = shape.data;
  const label = readText(input.label, textRules.keyLabel);
  if (!label.ok) return refuse('form-invalid', label.sentence);
  const parsed = registrationJson.safeParse(input.registration);
  if (!parsed.success) return malformed();
  const now = context.clock();
  return inTransaction(context.db, async (tx) => {
    const invitation = await lockInvitation(tx, input.token, now);
    if (!invitation.ok) return invitation;
    const { operator } = invitation.value;
    const challenge = await consumeChallenge(
      tx,
      { nonce: input.nonce, purpose: 'enrol', operatorId: operator.id },
      now,
    );
    if (!challenge.ok) return challenge;
    const info = await verify(
      parsed.data as RegistrationResponseJSON,
      challenge.value.challenge,
      context,
    );
    if (!info)
      return refuse(
        'registration-refused',
        'The key could not be verified. Use this page and press the key once.',
      );
    const fault = findRegistrationFault(
      info,
      parsed.data.response.clientDataJSON,
      context.settings,
      now,
    );
    if (fault) return refuse('registration-refused', fault);
    if (operator.credentials.length >= keysPerPersonMax)
      return refuse('too-many-keys', `A person holds at most ${keysPerPersonMax} keys.`);
    if (await tx.credential.findUnique({ where: { id: info.credential.id } }))
      return refuse('key-already-enrolled', 'This key is already registered. Use another one.');
    await tx.credential.create({
      data: {
        id: info.credential.id,
        operatorId: operator.id,
        publicKey: info.credential.publicKey,
        signCount: BigInt(info.credential.counter),
        backupEligible: info.credentialDeviceType === 'multiDevice',
        backedUp: info.credentialBackedUp,
        aaguid: info.aaguid,
        format: info.fmt,
        attestation: new Uint8Array(info.attestationObject),
        transports: parsed.data.response.transports ?? [],
        label: label.text,
        software: info.aaguid === softwareAaguid,
        status: 'pending',
        createdAt: now,
      },
    });
    await appendAudit(tx, {
      kind: 'key-registered',
      subject: operator.id,
      actor: operator.id,
      at: now,
      facts: { credential: info.credential.id, aaguid: info.aaguid, format: info.fmt },
    });
    await publish(tx, { topic: 'operators', id: operator.id });
    return ok({ credentialId: info.credential.id });
  });
}
