/** ECDSA signatures as Ethereum takes them: r and s, s in the lower half (EIP-2), recoverable. */
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { bytesToHex } from 'viem/utils';
import { addressOf } from './address.ts';

export type SignatureFault =
  /** Neither 64 bytes (r, s) nor 65 (r, s, recovery id). */
  | 'signature-wrong-length'
  /** A recovery id that is none of 0, 1, 27 and 28. */
  | 'signature-recovery-id'
  /** r or s is zero, or not below the order of the curve. */
  | 'signature-out-of-range'
  /** s is in the upper half: the same signature in a second spelling. */
  | 'signature-high-s'
  /** It is right for another key or another digest. */
  | 'signature-of-another';

export class EthereumSignatureError extends Error {
  override name = 'EthereumSignatureError';
  readonly fault: SignatureFault;

  constructor(fault: SignatureFault) {
    super(`The signature is not taken: ${fault}`);
    this.fault = fault;
  }
}

export type CheckedSignature = { r: bigint; s: bigint; yParity: 0 | 1 };

const COMPACT_BYTES = 64;
const ORDER = secp256k1.Point.Fn.ORDER;

/** 27 and 28 are what recovery ids were called before transactions had types (yellow paper, appendix F). */
const parities: ReadonlyMap<number, 0 | 1> = new Map([
  [0, 0],
  [1, 1],
  [27, 0],
  [28, 1],
]);

/**
 * Checks that an account signed a digest.
 * @param signature 64 bytes, whose recovery id is then found out, or 65 with it at the end.
 * @param digest 32 bytes.
 * @param address of the account, EIP-55.
 * @throws EthereumSignatureError
 */
export function checkSignature(
  signature: Uint8Array,
  digest: Uint8Array,
  address: string,
): CheckedSignature {
  const given = recoveryOf(signature);
  const r = numberOf(signature.subarray(0, 32));
  const s = numberOf(signature.subarray(32, COMPACT_BYTES));
  if (r === 0n || r >= ORDER || s === 0n || s >= ORDER)
    throw new EthereumSignatureError('signature-out-of-range');
  if (s > ORDER / 2n) throw new EthereumSignatureError('signature-high-s');
  const candidates = given === null ? ([0, 1] as const) : [given];
  const yParity = candidates.find((one) => signer(r, s, one, digest) === address);
  if (yParity === undefined) throw new EthereumSignatureError('signature-of-another');
  return { r, s, yParity };
}

function recoveryOf(signature: Uint8Array): 0 | 1 | null {
  if (signature.length === COMPACT_BYTES) return null;
  if (signature.length !== COMPACT_BYTES + 1)
    throw new EthereumSignatureError('signature-wrong-length');
  const parity = parities.get(signature[COMPACT_BYTES] ?? -1);
  if (parity === undefined) throw new EthereumSignatureError('signature-recovery-id');
  return parity;
}

/** @returns null where no key could have made it. */
function signer(r: bigint, s: bigint, yParity: 0 | 1, digest: Uint8Array): string | null {
  try {
    const point = new secp256k1.Signature(r, s, yParity).recoverPublicKey(digest);
    return addressOf(point.toBytes(true));
  } catch {
    return null;
  }
}

const numberOf = (bytes: Uint8Array): bigint => BigInt(bytesToHex(bytes));
