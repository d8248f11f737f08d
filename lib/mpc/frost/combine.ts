/**
 * The quick way to a signature: RFC 9591 5.3 on points that were checked when the own share was made.
 * Whatever it makes counts only after strict verification by the caller; if that fails, noble's
 * `aggregate` runs with all its checks and names the signer of a bad share.
 */
import { concatBytes } from '@noble/hashes/utils.js';
import { fromHex, toHex } from '../wire/encoding.ts';
import type { Hashes } from './hashes.ts';
import type { Arithmetic, GroupPoint } from './polynomial.ts';
import type { CommitmentPair } from './signing.ts';

export type Combination = {
  /** Hex. */
  publicKey: string;
  pairs: ReadonlyMap<number, CommitmentPair>;
  shares: ReadonlyMap<number, Uint8Array>;
  message: Uint8Array;
};

/** Gives bytes that may or may not be a signature. Throws on points or scalars that don't parse. */
export type Combine = (of: Combination) => Uint8Array;

/** What a ciphersuite of RFC 9591 adds up with. */
export type Ciphersuite = { arithmetic: Arithmetic; hashes: Hashes };

/** Binding factors of RFC 9591 4.4, by index; `pairs` is in the order of the indexes. */
export function bindingFactors(
  { arithmetic, hashes }: Ciphersuite,
  publicKey: string,
  pairs: readonly (readonly [number, CommitmentPair])[],
  message: Uint8Array,
): Map<number, bigint> {
  const identifierOf = (index: number): Uint8Array => arithmetic.scalarBytes(BigInt(index));
  const encoded = pairs.flatMap(([index, { hiding, binding }]) => [
    identifierOf(index),
    fromHex(hiding),
    fromHex(binding),
  ]);
  const common = concatBytes(
    fromHex(publicKey),
    hashes.message(message),
    hashes.commitments(concatBytes(...encoded)),
  );
  return new Map(
    pairs.map(([index]) => [index, hashes.bindingFactor(concatBytes(common, identifierOf(index)))]),
  );
}

/** The group's commitment R and the response z of all shares. */
function addUp(suite: Ciphersuite, of: Combination): { commitment: GroupPoint; response: bigint } {
  const { addPoints, addScalars, pointOf, scalarOf } = suite.arithmetic;
  const pairs = [...of.pairs].toSorted(([a], [b]) => a - b);
  const factors = bindingFactors(suite, of.publicKey, pairs, of.message);
  // All of this is public, so variable-time multiplication is safe.
  const points = pairs.flatMap(([index, { hiding, binding }]) => [
    pointOf(hiding),
    pointOf(binding).multiplyUnsafe(factors.get(index) ?? 0n),
  ]);
  const shares = pairs.map(([index]) => scalarOf(of.shares.get(index) ?? new Uint8Array()));
  return { commitment: addPoints(points), response: addScalars(shares) };
}

/** RFC 9591 5.3 and appendix A: the encoded R, then z. */
export const combiner =
  (suite: Ciphersuite): Combine =>
  (of) => {
    const { commitment, response } = addUp(suite, of);
    return concatBytes(commitment.toBytes(), suite.arithmetic.scalarBytes(response));
  };

/**
 * The same as BIP340 has it: under the point with an even y that goes with the key's x, and with x alone
 * of R. Signers have negated their shares and nonces where either point had an odd y.
 */
export const bip340Combiner =
  (suite: Ciphersuite): Combine =>
  (of) => {
    const even = fromHex(of.publicKey);
    even[0] = 0x02;
    const { commitment, response } = addUp(suite, { ...of, publicKey: toHex(even) });
    return concatBytes(commitment.toBytes().subarray(1), suite.arithmetic.scalarBytes(response));
  };
