/**
 * A party's two long-term keys in raw form: Ed25519 signs its envelopes, X25519 receives private
 * payloads. Raw 32-byte secrets are what gets sealed; `KeyObject`s are what the process uses.
 */
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { encodeBase64url, fromHex, toHex } from './encoding.ts';

type Curve = 'Ed25519' | 'X25519';

export type PartyIdentity = {
  identityKey: string;
  exchangeKey: string;
  signingKey: KeyObject;
  agreementKey: KeyObject;
};

/** Raw secrets of an identity, in the order in which they are sealed. */
export type IdentitySecrets = { signing: Uint8Array; agreement: Uint8Array };

function rawSecret(key: KeyObject): Uint8Array {
  const { d } = key.export({ format: 'jwk' });
  if (typeof d !== 'string') throw new Error('The key has no secret part.');
  return new Uint8Array(Buffer.from(d, 'base64url'));
}

function rawPublicHex(key: KeyObject): string {
  const { x } = createPublicKey(key).export({ format: 'jwk' });
  if (typeof x !== 'string') throw new Error('The key has no public part.');
  return Buffer.from(x, 'base64url').toString('hex');
}

/** PKCS#8 prefix of RFC 8410 for a raw 32-byte secret. */
const pkcs8Prefix: Record<Curve, Buffer> = {
  Ed25519: Buffer.from('302e020100300506032b657004220420', 'hex'),
  X25519: Buffer.from('302e020100300506032b656e04220420', 'hex'),
};

function privateKey(curve: Curve, secret: Uint8Array): KeyObject {
  const der = Buffer.concat([pkcs8Prefix[curve], secret]);
  try {
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  } finally {
    der.fill(0);
  }
}

/** @param hex 32 bytes as lower-case hex. */
export function publicKey(curve: Curve, hex: string): KeyObject {
  return createPublicKey({
    key: { kty: 'OKP', crv: curve, x: encodeBase64url(fromHex(hex)) },
    format: 'jwk',
  });
}

export function generateIdentitySecrets(): IdentitySecrets {
  return {
    signing: rawSecret(generateKeyPairSync('ed25519').privateKey),
    agreement: rawSecret(generateKeyPairSync('x25519').privateKey),
  };
}

export function identityFrom(secrets: IdentitySecrets): PartyIdentity {
  const signingKey = privateKey('Ed25519', secrets.signing);
  const agreementKey = privateKey('X25519', secrets.agreement);
  return {
    identityKey: rawPublicHex(signingKey),
    exchangeKey: rawPublicHex(agreementKey),
    signingKey,
    agreementKey,
  };
}

/** Hex Ed25519 signature by the party's identity key. */
export function signBytes(identity: PartyIdentity, bytes: Uint8Array): string {
  return toHex(sign(null, bytes, identity.signingKey));
}

/** Never throws: a key or signature that doesn't parse verifies as false. */
export function verifyBytes(identityKey: string, bytes: Uint8Array, signature: string): boolean {
  try {
    return verify(null, bytes, publicKey('Ed25519', identityKey), fromHex(signature));
  } catch {
    return false;
  }
}
