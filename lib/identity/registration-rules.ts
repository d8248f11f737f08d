/**
 * What a key must be before it may approve (WebAuthn Level 3 §7.1 and the custody rules on top).
 * The library skips certificate checks when it has no trust anchors, and passes `none` and self
 * attestation as verified, so production looks at format, certificate and model here.
 */
import { decodeAttestationObject } from '@simplewebauthn/server/helpers';
import type { Settings } from '#lib/platform/context.ts';
import { isUsableKey } from '#lib/protocol/webauthn.ts';
import { leadsToRoot } from './attestation-chain.ts';

export type RegistrationFacts = {
  fmt: string;
  aaguid: string;
  credentialDeviceType: 'singleDevice' | 'multiDevice';
  userVerified: boolean;
  attestationObject: Uint8Array<ArrayBuffer>;
  /** COSE_Key bytes. */
  credential: { publicKey: Uint8Array };
};

/**
 * ES256 and EdDSA are what the parties verify. RS256 is offered last: browsers warn of requests
 * without it, and a key that knows nothing else gets our sentence rather than the browser's.
 */
export const offeredAlgorithms = [-7, -8, -257];

/** @returns one sentence for the person, or null when the key may be registered. */
export function findRegistrationFault(
  facts: RegistrationFacts,
  clientDataJSON: string,
  settings: Settings,
  now: Date,
): string | null {
  if (!isUsableKey(facts.credential.publicKey))
    return 'This key signs in a way that the parties do not verify (ES256 and EdDSA only). Remove the passkey it has just made, and use another key.';
  if (!facts.userVerified)
    return 'The key did not check that it is you. Set a PIN or fingerprint on it first.';
  const clientData: unknown = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8'));
  if (typeof clientData !== 'object' || clientData === null)
    return 'The browser sent an unreadable answer.';
  if (('crossOrigin' in clientData && clientData.crossOrigin === true) || 'topOrigin' in clientData)
    return 'Keys are registered on the console page itself, not inside another site.';
  return settings.mode === 'sandbox' ? null : findHardwareFault(facts, settings, now);
}

function findHardwareFault(
  facts: RegistrationFacts,
  { approvedModels, attestationRoots }: Settings,
  now: Date,
): string | null {
  if (facts.credentialDeviceType === 'multiDevice')
    return 'This is a synced passkey. Use a hardware security key that cannot be copied.';
  const certificates = decodeAttestationObject(facts.attestationObject).get('attStmt').get('x5c');
  if (facts.fmt !== 'packed' || !certificates || certificates.length === 0)
    return 'The key did not prove its make. Use a hardware security key and let the browser see its make and model.';
  if (!leadsToRoot(certificates, attestationRoots, now))
    return 'The key’s proof of its make does not lead to a maker that is approved here. Use a hardware security key of an approved maker.';
  if (!approvedModels.includes(facts.aaguid))
    return `Keys of this model (${facts.aaguid}) are not on the approved list. Use an approved model.`;
  return null;
}
