/**
 * Encryption of private payloads: a fresh X25519 key per message, HKDF-SHA256, ChaCha20-Poly1305.
 * The envelope header is authenticated data, so a box can't move to another ceremony, round,
 * sender or receiver; the envelope's signature says who made it.
 */
import {
  createCipheriv,
  createDecipheriv,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import { z } from 'zod';
import { base64urlBytes, decodeBase64url, encodeBase64url, fromHex, hexOf } from './encoding.ts';
import { headerBytes, type EnvelopeHeader } from './envelope.ts';
import { publicKey } from './identity.ts';
import { lengthPrefixed } from './tagged-hash.ts';

const TAG_BYTES = 16;
const PLAIN_MAX = 496;

/** @param plainMax most bytes that are encrypted. */
export const privatePayloadOf = (plainMax: number) =>
  z.strictObject({ ephemeral: hexOf(32), box: base64urlBytes(plainMax + TAG_BYTES) });

export const privatePayload = privatePayloadOf(PLAIN_MAX);
export type PrivatePayload = z.infer<typeof privatePayload>;

function messageKey(
  shared: Uint8Array,
  ephemeral: string,
  receiver: string,
  header: Uint8Array,
): Buffer {
  const info = lengthPrefixed(
    'countersign/private-payload/v1',
    fromHex(ephemeral),
    fromHex(receiver),
    header,
  );
  return Buffer.from(hkdfSync('sha256', shared, new Uint8Array(32), info, 32));
}

/** The key serves one message only; the counter makes the nonce unique per direction all the same. */
function counterNonce(seq: number): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(seq, 8);
  return nonce;
}

/** @param receiver exchange key of the receiving party, hex. */
export function sealPrivate(
  receiver: string,
  header: EnvelopeHeader,
  plain: Uint8Array,
): PrivatePayload {
  const pair = generateKeyPairSync('x25519');
  const { x } = createPublicKey(pair.privateKey).export({ format: 'jwk' });
  const ephemeral = Buffer.from(String(x), 'base64url').toString('hex');
  const shared = diffieHellman({
    privateKey: pair.privateKey,
    publicKey: publicKey('X25519', receiver),
  });
  const aad = headerBytes(header);
  const key = messageKey(shared, ephemeral, receiver, aad);
  const cipher = createCipheriv('chacha20-poly1305', key, counterNonce(header.seq), {
    authTagLength: TAG_BYTES,
  });
  cipher.setAAD(aad, { plaintextLength: plain.length });
  const box = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  shared.fill(0);
  key.fill(0);
  return { ephemeral, box: encodeBase64url(box) };
}

/**
 * @param receiver own exchange key, hex.
 * @returns the plain bytes, or null when the box was not made for this header and receiver.
 */
export function openPrivate(
  receiver: string,
  agreementKey: KeyObject,
  header: EnvelopeHeader,
  payload: PrivatePayload,
): Uint8Array | null {
  const box = decodeBase64url(payload.box);
  if (box === null || box.length < TAG_BYTES) return null;
  try {
    const shared = diffieHellman({
      privateKey: agreementKey,
      publicKey: publicKey('X25519', payload.ephemeral),
    });
    const aad = headerBytes(header);
    const key = messageKey(shared, payload.ephemeral, receiver, aad);
    const decipher = createDecipheriv('chacha20-poly1305', key, counterNonce(header.seq), {
      authTagLength: TAG_BYTES,
    });
    const plainLength = box.length - TAG_BYTES;
    decipher.setAAD(aad, { plaintextLength: plainLength });
    decipher.setAuthTag(box.subarray(plainLength));
    const plain = Buffer.concat([decipher.update(box.subarray(0, plainLength)), decipher.final()]);
    shared.fill(0);
    key.fill(0);
    return new Uint8Array(plain);
  } catch {
    return null;
  }
}
