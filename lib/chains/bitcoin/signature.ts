/** Signatures as an input's witness carries them, each verified before it goes anywhere. */
import { schnorr, secp256k1 } from '@noble/curves/secp256k1.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { accountScript } from './address.ts';
import { readScript, type AccountKind } from './script.ts';

export type SignatureFault = 'count' | 'length' | 'high-s' | 'wrong';

/** Thrown where signatures aren't those of the account: sending them would only burn the attempt. */
export class BitcoinSignatureError extends Error {
  override name = 'BitcoinSignatureError';
  readonly fault: SignatureFault;

  constructor(fault: SignatureFault, sentence: string) {
    super(sentence);
    this.fault = fault;
  }
}

export type SignedPart = {
  kind: AccountKind;
  /** 33 bytes, derived for the branch; not tweaked. */
  publicKey: Uint8Array;
  /** The 32 bytes that were signed. */
  digest: Uint8Array;
  /** P2TR: 64 bytes (BIP340). P2WPKH: r and s, 64 bytes, or 65 with the recovery id behind. */
  signature: Uint8Array;
};

const SIGHASH_ALL = 0x01;

/**
 * The items of the witness: P2TR's signature alone, which stands for SIGHASH_DEFAULT (BIP341); for P2WPKH the
 * signature in DER with its sighash type, then the key (BIP141).
 * @throws BitcoinSignatureError
 */
export function witnessOf(part: SignedPart): Uint8Array[] {
  return part.kind === 'p2tr' ? [schnorrItem(part)] : [ecdsaItem(part), part.publicKey];
}

function schnorrItem({ publicKey, digest, signature }: SignedPart): Uint8Array {
  if (signature.length !== 64) throw new BitcoinSignatureError('length', 'BIP340 has 64 bytes');
  const outputKey = readScript(accountScript(publicKey, 'p2tr'))?.program;
  if (!outputKey || !schnorr.verify(signature, digest, outputKey)) throw wrong();
  return signature;
}

function ecdsaItem({ publicKey, digest, signature }: SignedPart): Uint8Array {
  if (signature.length !== 64 && signature.length !== 65)
    throw new BitcoinSignatureError('length', 'A compact signature has 64 or 65 bytes');
  const read = readCompact(signature.subarray(0, 64));
  // BIP146: nodes don't pass on the second form that every ECDSA signature has.
  if (read.hasHighS()) throw new BitcoinSignatureError('high-s', 'The s of a signature is high');
  const compact = read.toBytes('compact');
  if (!secp256k1.verify(compact, digest, publicKey, { prehash: false, lowS: true })) throw wrong();
  return concatBytes(read.toBytes('der'), Uint8Array.of(SIGHASH_ALL));
}

function readCompact(bytes: Uint8Array): ReturnType<typeof secp256k1.Signature.fromBytes> {
  try {
    return secp256k1.Signature.fromBytes(bytes, 'compact');
  } catch {
    throw wrong();
  }
}

const wrong = (): BitcoinSignatureError =>
  new BitcoinSignatureError('wrong', "The signature is not the account's over this transaction");
