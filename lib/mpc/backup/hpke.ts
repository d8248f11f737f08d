/**
 * HPKE (RFC 9180) in base mode, one message per encapsulation: how a share is encrypted to the
 * recovery key of its backup group. Decision 7 says why this suite.
 */
import { x25519 } from '@noble/curves/ed25519.js';
import { AEAD_AES_256_GCM, CipherSuite, KDF_HKDF_SHA256, KEM_DHKEM_X25519_HKDF_SHA256 } from 'hpke';
import { fromHex, toHex } from '../wire/encoding.ts';
import { Secret } from './secret.ts';

/** Name of the suite in documents. */
export const sealSuite = 'HPKE-BASE-X25519-HKDFSHA256-AES256GCM';

export const ENCAPSULATED_BYTES = 32;
export const TAG_BYTES = 16;

const hpke = new CipherSuite(KEM_DHKEM_X25519_HKDF_SHA256, KDF_HKDF_SHA256, AEAD_AES_256_GCM);

/** What a box is for (`info`) and what it is about (`about`, the authenticated data). */
export type Binding = { info: Uint8Array; about: Uint8Array };

export type Box = { encapsulated: Uint8Array; ciphertext: Uint8Array };

/** A fresh recovery key pair; the public key in hex. */
export async function makeRecoveryKey(): Promise<{ publicKey: string; privateKey: Secret }> {
  const pair = await hpke.GenerateKeyPair(true);
  const secret = await hpke.SerializePrivateKey(pair.privateKey);
  return {
    publicKey: toHex(await hpke.SerializePublicKey(pair.publicKey)),
    privateKey: new Secret(secret),
  };
}

/** True when exactly this private key belongs to the public key. */
export const isRecoveryKey = (publicKey: string, privateKey: Secret): boolean =>
  privateKey.use((bytes) => toHex(x25519.getPublicKey(bytes)) === publicKey);

/** False for the few points of small order, to which anybody could decrypt. */
export function isSoundRecoveryKey(publicKey: string): boolean {
  try {
    x25519.getSharedSecret(new Uint8Array(32).fill(1), fromHex(publicKey));
    return true;
  } catch {
    return false;
  }
}

/** @throws when the public key is of small order. */
export async function sealTo(publicKey: string, of: Binding, plain: Uint8Array): Promise<Box> {
  const key = await hpke.DeserializePublicKey(fromHex(publicKey));
  const { encapsulatedSecret, ciphertext } = await hpke.Seal(key, plain, {
    info: of.info,
    aad: of.about,
  });
  return { encapsulated: encapsulatedSecret, ciphertext };
}

/** @returns null when the box was made for another key or binding, or was changed. */
export async function openWith(
  keys: { publicKey: string; privateKey: Secret },
  of: Binding,
  box: Box,
): Promise<Secret | null> {
  const privateKey = await keys.privateKey.use((bytes) => hpke.DeserializePrivateKey(bytes));
  const publicKey = await hpke.DeserializePublicKey(fromHex(keys.publicKey));
  try {
    return new Secret(
      await hpke.Open({ privateKey, publicKey }, box.encapsulated, box.ciphertext, {
        info: of.info,
        aad: of.about,
      }),
    );
  } catch {
    return null;
  }
}
