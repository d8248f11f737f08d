/**
 * A second way into a backup: a key pair whose private half lies with nobody's machine. The data-key service and the
 * database may be lost in one fire; a backup that only the service opens would be lost with them.
 * HPKE (RFC 9180), base mode, X25519, HKDF-SHA-256, AES-256-GCM.
 */
import { AEAD_AES_256_GCM, CipherSuite, KDF_HKDF_SHA256, KEM_DHKEM_X25519_HKDF_SHA256 } from 'hpke';

const hpke = new CipherSuite(KEM_DHKEM_X25519_HKDF_SHA256, KDF_HKDF_SHA256, AEAD_AES_256_GCM);
const info = new TextEncoder().encode('countersign/backup-key/v1');

export const recipientForm = /^[0-9a-f]{64}$/;

export type WrappedKey = { recipient: string; encapsulated: string; ciphertext: string };

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text, 'hex'));
const about = (id: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(id);

/** Both halves in hex. The private one is a secret that opens every backup made for it. */
export async function makeRecipient(): Promise<{ publicKey: string; privateKey: string }> {
  const pair = await hpke.GenerateKeyPair(true);
  return {
    publicKey: hex(await hpke.SerializePublicKey(pair.publicKey)),
    privateKey: hex(await hpke.SerializePrivateKey(pair.privateKey)),
  };
}

/**
 * @param recipient public half in hex. @param id of the backup, which the key is bound to.
 * @throws for a public key to which anybody could decrypt.
 */
export async function wrapFor(recipient: string, id: string, key: Uint8Array): Promise<WrappedKey> {
  const to = await hpke.DeserializePublicKey(bytesOf(recipient));
  const { encapsulatedSecret, ciphertext } = await hpke.Seal(to, key, { info, aad: about(id) });
  return { recipient, encapsulated: hex(encapsulatedSecret), ciphertext: hex(ciphertext) };
}

/** @returns null where it was wrapped for another, or was changed. */
export async function unwrapWith(
  privateKey: string,
  id: string,
  { encapsulated, ciphertext }: WrappedKey,
): Promise<Uint8Array | null> {
  try {
    const own = await hpke.DeserializePrivateKey(bytesOf(privateKey));
    return await hpke.Open(own, bytesOf(encapsulated), bytesOf(ciphertext), {
      info,
      aad: about(id),
    });
  } catch {
    return null;
  }
}
