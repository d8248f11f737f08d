/**
 * Keys of accounts from the public key of a vault: BIP32 public derivation, and BIP341's tweak. Public
 * values only, so whoever has a vault's public key arrives at the same addresses; the parties move their
 * shares by the scalars that come along (`lib/mpc/frost/derive.ts`).
 */
import { schnorr, secp256k1 } from '@noble/curves/secp256k1.js';
import { bytesToNumberBE } from '@noble/curves/utils.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes } from '@noble/hashes/utils.js';
import { remembering } from './remembering.ts';

const { Point } = secp256k1;
const { Fn } = Point;

/** From here on BIP32 steps are hardened, which takes the private key. */
const HARDENED = 0x8000_0000;

export type DerivedKey = {
  /** 33 bytes, compressed. */
  publicKey: Uint8Array;
  /** 32 bytes. */
  chainCode: Uint8Array;
  /** What was added to the private key on the way, below the order of the curve. */
  scalar: bigint;
};

/**
 * The chain code of a threshold key, which has none of its own: BIP340's tagged hash of its public key
 * (decision 25; BIP328 gives MuSig2 keys a constant one in the same way).
 * @param publicKey 33 bytes, compressed.
 * @returns 32 bytes.
 */
export const chainCodeOf = (publicKey: Uint8Array): Uint8Array =>
  schnorr.utils.taggedHash('countersign/chain-code/v1', publicKey);

/** One step of BIP32's CKDpub. @throws where the step gives no key, once in 2^127. */
function childOf(parent: DerivedKey, index: number): DerivedKey {
  if (!Number.isInteger(index) || index < 0 || index >= HARDENED)
    throw new RangeError('A step of public derivation is a whole number below 2^31.');
  const place = new Uint8Array(4);
  new DataView(place.buffer).setUint32(0, index);
  const hash = hmac(sha512, parent.chainCode, concatBytes(parent.publicKey, place));
  const added = bytesToNumberBE(hash.subarray(0, 32));
  // Point multiplication refuses zero and whatever is not below the order, as BIP32 asks.
  const point = Point.fromBytes(parent.publicKey).add(Point.BASE.multiply(added));
  return {
    publicKey: point.toBytes(),
    chainCode: hash.slice(32),
    scalar: Fn.add(parent.scalar, added),
  };
}

/** BIP32 from a key with its chain code. @throws on a hardened step or a key that is no point. */
export function deriveFrom(
  parent: Pick<DerivedKey, 'publicKey' | 'chainCode'>,
  path: readonly number[],
): DerivedKey {
  const start: DerivedKey = { ...parent, scalar: 0n };
  Point.fromBytes(parent.publicKey);
  return path.reduce(childOf, start);
}

/** Keys below vaults that were worked out lately: the same accounts come again and again. */
const rememberKey = remembering<DerivedKey>(2_048);

/**
 * The key at a path below a vault.
 * @param publicKey the vault's, 33 bytes, compressed.
 * @param path non-hardened steps; none gives the vault's own key.
 * @throws on a hardened step or a key that is no point of secp256k1.
 */
export function deriveKey(publicKey: Uint8Array, path: readonly number[]): DerivedKey {
  let name = bytesToHex(publicKey);
  let key = rememberKey(name, () =>
    deriveFrom({ publicKey: publicKey.slice(), chainCode: chainCodeOf(publicKey) }, []),
  );
  for (const step of path) {
    const parent = key;
    name += `/${step}`;
    key = rememberKey(name, () => childOf(parent, step));
  }
  // Copies, so that nobody can change what others are given.
  return { ...key, publicKey: key.publicKey.slice(), chainCode: key.chainCode.slice() };
}

export type TaprootKey = {
  /** The output key, 33 bytes, compressed; on the chain stands its x alone, 32 bytes. */
  publicKey: Uint8Array;
  /** Whether the private key is negated before the scalar is added: the internal key's y was odd. */
  isNegated: boolean;
  /** What is added then. */
  scalar: bigint;
};

/** Whether a compressed point has an odd y. */
export const hasOddY = (publicKey: Uint8Array): boolean => publicKey[0] === 0x03;

const rememberTaproot = remembering<TaprootKey>(1_024);

/**
 * BIP341's tweak for an output without a script tree, as BIP86 asks: only the key can spend.
 * @param publicKey the internal key, 33 bytes, compressed.
 * @throws where the hash is not below the order of the curve, once in 2^127.
 */
export function taprootKey(publicKey: Uint8Array): TaprootKey {
  const key = rememberTaproot(bytesToHex(publicKey), () => tweaked(publicKey));
  return { ...key, publicKey: key.publicKey.slice() };
}

function tweaked(publicKey: Uint8Array): TaprootKey {
  const isNegated = hasOddY(publicKey);
  const internal = Point.fromBytes(publicKey);
  const even = isNegated ? internal.negate() : internal;
  const scalar = bytesToNumberBE(schnorr.utils.taggedHash('TapTweak', publicKey.subarray(1)));
  const output = even.add(Point.BASE.multiply(scalar));
  return { publicKey: output.toBytes(), isNegated, scalar };
}
