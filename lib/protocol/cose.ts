/** COSE_Key (RFC 9053) as credentials are registered with: ES256 on P-256 or EdDSA on Ed25519 only. */
import { readCborMap, type CborValue } from './cbor.ts';

export type CosePublicKey =
  | { algorithm: 'ES256'; x: Uint8Array; y: Uint8Array }
  | { algorithm: 'EdDSA'; x: Uint8Array };

/** Big enough for both kinds; registered keys of them have 77 and 42 bytes. */
const SIZE_MAX = 128;

const isCoordinate = (value: CborValue | undefined): value is Uint8Array =>
  value instanceof Uint8Array && value.length === 32;

const FIELD_PRIME = 2n ** 255n - 19n;

/**
 * Every y of the eight points of small order. A key among them lets one signature pass for many
 * messages (RFC 8032 leaves refusing them to the verifier).
 */
const SMALL_ORDER_Y: readonly bigint[] = [
  0n,
  1n,
  FIELD_PRIME - 1n,
  0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n,
  0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n,
];

function isSoundEd25519Key(bytes: Uint8Array): boolean {
  const signless = bytes.toReversed();
  signless[0] = (signless[0] ?? 0) & 0x7f;
  const y = signless.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  return y < FIELD_PRIME && !SMALL_ORDER_Y.includes(y);
}

/**
 * Reads a key whose encoding is canonical and has exactly the fields of its kind. An
 * Ed25519 key is also refused for a second spelling or a small order; whether a point lies on its
 * curve and is of prime order shows only when the key is used (`webauthn.ts`).
 * @returns null for anything else; never throws.
 */
export function readCoseKey(bytes: Uint8Array): CosePublicKey | null {
  if (bytes.length > SIZE_MAX) return null;
  try {
    const fields = readCborMap(bytes);
    const has = (key: number, value: number): boolean => fields.get(key) === value;
    const x = fields.get(-2);
    if (!isCoordinate(x)) return null;
    if (fields.size === 5 && has(1, 2) && has(3, -7) && has(-1, 1)) {
      const y = fields.get(-3);
      return isCoordinate(y) ? { algorithm: 'ES256', x, y } : null;
    }
    const isEd25519 = fields.size === 4 && has(1, 1) && has(3, -8) && has(-1, 6);
    return isEd25519 && isSoundEd25519Key(x) ? { algorithm: 'EdDSA', x } : null;
  } catch {
    return null;
  }
}
