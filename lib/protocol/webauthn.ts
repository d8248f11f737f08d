/**
 * Verifies one WebAuthn assertion (Level 3 §7.2) with nothing but the credential on record. Rules
 * are fixed: user present and verified, exact origin, no framing by other sites, ES256 or EdDSA.
 */
import { createHash, createPublicKey, timingSafeEqual, verify, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { readCborMap } from './cbor.ts';
import { readCoseKey } from './cose.ts';
import { isSoundEd25519Point } from './ed25519-key.ts';
import type { AssertionRefusal } from './refusals.ts';
import { assertionJson } from './statement.ts';
import { readStrictJson } from './strict-json.ts';

export type AssertionCheck = {
  credential: {
    /** Base64url. */
    id: string;
    /** COSE_Key bytes as registered. */
    publicKey: Uint8Array;
    /** Highest counter seen so far. */
    signCount: number;
    /** BE flag at registration. */
    backupEligible: boolean;
  };
  /** `AuthenticationResponseJSON` as it arrived; nothing about it is taken for granted. */
  response: unknown;
  expected: {
    /** Base64url, as given to the authenticator. */
    challenge: string;
    /** One origin or several, each exactly as browsers spell it. */
    origin: string | readonly string[];
    rpId: string;
    /** Base64url; when given, a user handle in the response must equal it. */
    userHandle?: string;
  };
  rules: {
    /** Whether passkeys that can be copied between devices (BE) count. */
    allowSynced: boolean;
    /**
     * False where statements may arrive in another order than they were made: parties then look
     * for reused counters instead. Default true.
     */
    checkCounter?: boolean;
  };
};

export type AssertionVerdict =
  | { ok: true; signCount: number }
  | { ok: false; refusal: AssertionRefusal };

/** In bytes; browsers send 100 to 500. */
const CLIENT_DATA_MAX = 2048;
const AUTHENTICATOR_DATA_HEAD = 37;
const FLAG = { up: 0x01, uv: 0x04, be: 0x08, bs: 0x10, at: 0x40, ed: 0x80 } as const;

const expectation = z.object({
  credential: z.object({
    id: z.string().min(1),
    publicKey: z.instanceof(Uint8Array),
    signCount: z.int().min(0).max(0xffffffff),
    backupEligible: z.boolean(),
  }),
  expected: z.object({
    challenge: z.string(),
    origin: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]),
    rpId: z.string().min(1),
    userHandle: z.string().optional(),
  }),
  rules: z.object({ allowSynced: z.boolean(), checkCounter: z.boolean().optional() }),
});

/** The fields that decide; browsers may add others, and are asked to expect that. */
const clientData = z.object({
  type: z.string(),
  challenge: z.string(),
  origin: z.string(),
  crossOrigin: z.boolean().optional(),
});

const sha256 = (...parts: Uint8Array[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** @returns null unless the text is the one canonical base64url spelling of some bytes. */
function fromBase64url(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.length > 0 && bytes.toString('base64url') === text ? bytes : null;
}

const sameBytes = (left: Uint8Array, right: Uint8Array): boolean =>
  left.length === right.length && timingSafeEqual(left, right);

/** What the authenticator signed about itself (Level 3 §6.1), after the RP id hash. */
type AuthenticatorData = { rpIdHash: Buffer; flags: number; signCount: number };

function readAuthenticatorData(bytes: Buffer): AuthenticatorData | null {
  if (bytes.length < AUTHENTICATOR_DATA_HEAD) return null;
  const flags = bytes.readUInt8(32);
  // Attested credential data belongs to registration; here it would only be room to hide things.
  if (flags & FLAG.at) return null;
  const rest = bytes.subarray(AUTHENTICATOR_DATA_HEAD);
  if (flags & FLAG.ed) {
    try {
      readCborMap(rest);
    } catch {
      return null;
    }
  } else if (rest.length > 0) return null;
  return { rpIdHash: bytes.subarray(0, 32), flags, signCount: bytes.readUInt32BE(33) };
}

function checkClientData(
  raw: Buffer,
  expected: AssertionCheck['expected'],
): AssertionRefusal | null {
  const json = readStrictJson(raw, CLIENT_DATA_MAX);
  if (!json.ok) return 'client-data-malformed';
  const parsed = clientData.safeParse(json.value);
  if (!parsed.success) return 'client-data-malformed';
  const { type, challenge, origin, crossOrigin } = parsed.data;
  if (type !== 'webauthn.get') return 'wrong-ceremony';
  const signed = fromBase64url(challenge);
  const wanted = fromBase64url(expected.challenge);
  if (!wanted) return 'expectation-malformed';
  if (!signed || !sameBytes(signed, wanted)) return 'challenge-mismatch';
  const origins = typeof expected.origin === 'string' ? [expected.origin] : expected.origin;
  if (!origins.includes(origin)) return 'origin-not-allowed';
  // `topOrigin` is there only when the page was framed by another site.
  if (crossOrigin === true || Object.hasOwn(json.value as object, 'topOrigin'))
    return 'cross-origin';
  return null;
}

function checkFlags(flags: number, input: AssertionCheck): AssertionRefusal | null {
  if (!(flags & FLAG.up)) return 'user-not-present';
  if (!(flags & FLAG.uv)) return 'user-not-verified';
  const backupEligible = (flags & FLAG.be) !== 0;
  if (flags & FLAG.bs && !backupEligible) return 'backup-state-impossible';
  if (backupEligible !== input.credential.backupEligible) return 'backup-eligibility-changed';
  if (backupEligible && !input.rules.allowSynced) return 'synced-key-not-allowed';
  return null;
}

type VerifyKey = { key: KeyObject; algorithm: 'ES256' | 'EdDSA' };

/** @returns null for a key that is malformed, off its curve or not of prime order. */
function importKey(coseBytes: Uint8Array): VerifyKey | null {
  const cose = readCoseKey(coseBytes);
  if (!cose) return null;
  if (cose.algorithm === 'EdDSA' && !isSoundEd25519Point(cose.x)) return null;
  const x = Buffer.from(cose.x).toString('base64url');
  const jwk =
    cose.algorithm === 'ES256'
      ? { kty: 'EC', crv: 'P-256', x, y: Buffer.from(cose.y).toString('base64url') }
      : { kty: 'OKP', crv: 'Ed25519', x };
  try {
    return { key: createPublicKey({ key: jwk, format: 'jwk' }), algorithm: cose.algorithm };
  } catch {
    return null;
  }
}

/** True for a key that signatures can be checked with; what is enrolled must be one. */
export const isUsableKey = (coseBytes: Uint8Array): boolean => importKey(coseBytes) !== null;

/**
 * Verifies a signature with a stored COSE key: ES256 in strict DER (a high s is valid in WebAuthn)
 * or strict Ed25519. Never throws.
 */
export function checkCoseSignature(
  publicKey: Uint8Array,
  data: Uint8Array,
  signature: Uint8Array,
): 'public-key-unusable' | 'signature-invalid' | null {
  const imported = importKey(publicKey);
  if (!imported) return 'public-key-unusable';
  const { key, algorithm } = imported;
  try {
    const valid =
      algorithm === 'ES256'
        ? verify('sha256', data, { key, dsaEncoding: 'der' }, signature)
        : verify(null, data, key, signature);
    return valid ? null : 'signature-invalid';
  } catch {
    return 'signature-invalid';
  }
}

function check(input: AssertionCheck): AssertionVerdict {
  const no = (refusal: AssertionRefusal): AssertionVerdict => ({ ok: false, refusal });
  const parsed = assertionJson.safeParse(input.response);
  if (!parsed.success) return no('assertion-malformed');
  const { id, rawId, response } = parsed.data;
  const { credential, expected, rules } = input;
  if (id !== rawId || id !== credential.id) return no('credential-mismatch');
  const handle = response.userHandle ?? null;
  if (expected.userHandle !== undefined && handle !== null && handle !== expected.userHandle)
    return no('user-handle-mismatch');
  const rawClientData = fromBase64url(response.clientDataJSON);
  const rawAuthenticatorData = fromBase64url(response.authenticatorData);
  const signature = fromBase64url(response.signature);
  if (!rawClientData || !rawAuthenticatorData || !signature) return no('assertion-malformed');
  const clientDataRefusal = checkClientData(rawClientData, expected);
  if (clientDataRefusal) return no(clientDataRefusal);
  const authenticatorData = readAuthenticatorData(rawAuthenticatorData);
  if (!authenticatorData) return no('authenticator-data-malformed');
  const { rpIdHash, flags, signCount } = authenticatorData;
  if (!sameBytes(rpIdHash, sha256(Buffer.from(expected.rpId)))) return no('rp-id-mismatch');
  const flagRefusal = checkFlags(flags, input);
  if (flagRefusal) return no(flagRefusal);
  const signed = Buffer.concat([rawAuthenticatorData, sha256(rawClientData)]);
  const signatureRefusal = checkCoseSignature(credential.publicKey, signed, signature);
  if (signatureRefusal) return no(signatureRefusal);
  // After the signature: otherwise anyone could send junk that looks like a copied key.
  const counted = signCount !== 0 || credential.signCount !== 0;
  if (rules.checkCounter !== false && counted && signCount <= credential.signCount)
    return no('counter-regressed');
  return { ok: true, signCount };
}

/**
 * Checks an assertion at once. Order: form, credential, client data, authenticator data, flags,
 * signature, counter; the first failure is the answer.
 * @returns the authenticator's counter, to be stored; never throws, whatever it is given.
 */
export function checkAssertion(input: AssertionCheck): AssertionVerdict {
  try {
    if (!expectation.safeParse(input).success)
      return { ok: false, refusal: 'expectation-malformed' };
  } catch {
    return { ok: false, refusal: 'expectation-malformed' };
  }
  try {
    return check(input);
  } catch {
    // Only getters and proxies that throw when read come here.
    return { ok: false, refusal: 'assertion-malformed' };
  }
}

/** The same as {@link checkAssertion}, as a promise that never rejects. */
export function verifyAssertion(input: AssertionCheck): Promise<AssertionVerdict> {
  return Promise.resolve(checkAssertion(input));
}
