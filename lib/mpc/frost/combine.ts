/**
 * The quick way to an Ed25519 signature: RFC 9591 5.3 on points that were checked when the own share was
 * made. Whatever it makes counts only after strict verification by the caller; if that fails,
 * noble's `aggregate` runs with all its checks and names the signer of a bad share.
 */
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { fromHex } from '../wire/encoding.ts';
import { identifierOf } from './group.ts';
import type { CommitmentPair } from './signing.ts';
import { ed25519Suite } from './suite.ts';

const { Point } = ed25519;
const { Fn } = Point;

const prefixed = (name: string, ...parts: Uint8Array[]): Uint8Array =>
  sha512(concatBytes(utf8ToBytes(ed25519Suite.name + name), ...parts));

function toScalar(hash: Uint8Array): bigint {
  return Fn.create(BigInt(`0x${Buffer.from(hash).reverse().toString('hex')}`));
}

export type Combination = {
  /** Hex. */
  publicKey: string;
  pairs: ReadonlyMap<number, CommitmentPair>;
  shares: ReadonlyMap<number, Uint8Array>;
  message: Uint8Array;
};

/** Binding factors of RFC 9591 4.4, by index; `pairs` is in the order of the indexes. */
export function bindingFactors(
  publicKey: string,
  pairs: readonly (readonly [number, CommitmentPair])[],
  message: Uint8Array,
): Map<number, bigint> {
  const encoded = pairs.flatMap(([index, pair]) =>
    [identifierOf(ed25519Suite, index), pair.hiding, pair.binding].map(fromHex),
  );
  const common = concatBytes(
    fromHex(publicKey),
    prefixed('msg', message),
    prefixed('com', ...encoded),
  );
  return new Map(
    pairs.map(([index]) => [
      index,
      toScalar(prefixed('rho', common, fromHex(identifierOf(ed25519Suite, index)))),
    ]),
  );
}

/**
 * Adds up commitments and shares.
 * @returns 64 bytes that may or may not be a signature.
 * @throws on points or scalars that don't parse.
 */
export function combineShares(of: Combination): Uint8Array {
  const pairs = [...of.pairs].toSorted(([a], [b]) => a - b);
  const factors = bindingFactors(of.publicKey, pairs, of.message);
  let commitment = Point.ZERO;
  let response = 0n;
  for (const [index, pair] of pairs) {
    const binding = Point.fromBytes(fromHex(pair.binding));
    // All of this is public, so variable-time multiplication is safe.
    commitment = commitment
      .add(Point.fromBytes(fromHex(pair.hiding)))
      .add(binding.multiplyUnsafe(factors.get(index) ?? 0n));
    response = Fn.add(response, Fn.fromBytes(of.shares.get(index) ?? new Uint8Array()));
  }
  return concatBytes(commitment.toBytes(), Fn.toBytes(response));
}
