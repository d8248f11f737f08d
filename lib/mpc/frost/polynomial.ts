/**
 * Polynomials over Ed25519's scalars, in numbers and in points: what refresh and repair need and
 * noble keeps to itself. Formulas of RFC 9591: evaluation C.1, commitments C.2, Lagrange 4.2.
 */
import { ed25519 } from '@noble/curves/ed25519.js';
import type { EdwardsPoint } from '@noble/curves/abstract/edwards.js';
import { fromHex, toHex } from '../wire/encoding.ts';
import { isSoundPoint, type GroupKey } from './group.ts';

const { Point } = ed25519;
const { Fn } = Point;

/** @throws unless these are 32 bytes of a number below the order of the group. */
export const scalarOf = (bytes: Uint8Array): bigint => Fn.fromBytes(bytes);

export const scalarBytes = (scalar: bigint): Uint8Array => Fn.toBytes(scalar);

export const addScalars = (scalars: readonly bigint[]): bigint =>
  scalars.reduce((sum, scalar) => Fn.add(sum, scalar), Fn.ZERO);

export const subtractScalars = (from: bigint, scalars: readonly bigint[]): bigint =>
  scalars.reduce((rest, scalar) => Fn.sub(rest, scalar), from);

export const multiplyScalars = (a: bigint, b: bigint): bigint => Fn.mul(a, b);

/** @throws on bytes that are no point; whether it is a sound one is for `isSoundPoint` to say. */
export const pointOf = (hex: string): EdwardsPoint => Point.fromBytes(fromHex(hex));

export const pointHex = (point: EdwardsPoint): string => toHex(point.toBytes());

export const addPoints = (points: readonly EdwardsPoint[]): EdwardsPoint =>
  points.reduce((sum, point) => sum.add(point), Point.ZERO);

/** scalar·G in time that does not depend on the scalar. @throws on zero. */
export const commitTo = (scalar: bigint): EdwardsPoint => Point.BASE.multiply(scalar);

/**
 * True when the bytes are the secret behind the point. Zero is refused like any other wrong answer:
 * RFC 9591 3.1 has no encoding for its point, and an honest sender never meets it.
 */
export function opens(point: EdwardsPoint, secret: Uint8Array): boolean {
  try {
    return commitTo(scalarOf(secret)).equals(point);
  } catch {
    return false;
  }
}

/** @param coefficients from the constant term up. */
export function evaluate(coefficients: readonly bigint[], at: number): bigint {
  const x = BigInt(at);
  return coefficients.reduceRight(
    (sum, coefficient) => Fn.add(Fn.mul(sum, x), coefficient),
    Fn.ZERO,
  );
}

/** The same in public points; takes a time that depends on them. */
export function evaluatePoints(coefficients: readonly EdwardsPoint[], at: number): EdwardsPoint {
  const x = BigInt(at);
  return coefficients.reduceRight(
    (sum, coefficient) => sum.multiplyUnsafe(x).add(coefficient),
    Point.ZERO,
  );
}

/**
 * Weight of one member's value when the values at `indexes` are brought to the place `at`.
 * @throws unless `index` is among the indexes, which are distinct.
 */
export function lagrangeWeight(indexes: readonly number[], index: number, at: number): bigint {
  if (!indexes.includes(index) || new Set(indexes).size !== indexes.length)
    throw new Error('The places to interpolate from are not distinct or lack the own one.');
  let above = Fn.ONE;
  let below = Fn.ONE;
  for (const other of indexes) {
    if (other === index) continue;
    above = Fn.mul(above, Fn.create(BigInt(at - other)));
    below = Fn.mul(below, Fn.create(BigInt(index - other)));
  }
  return Fn.div(above, below);
}

/**
 * True when a group key hangs together: distinct members, at least as many as the threshold, as many
 * coefficients as it says, all points sound, and each verifying share on the committed polynomial.
 */
export function isConsistent({ threshold, commitments, shares }: GroupKey): boolean {
  const members = new Set(shares.map(({ index }) => index));
  if (members.size !== shares.length || members.size < threshold) return false;
  if (commitments.length !== threshold || !commitments.every(isSoundPoint)) return false;
  const polynomial = commitments.map(pointOf);
  return shares.every(
    ({ index, verifyingShare }) =>
      verifyingShare === pointHex(evaluatePoints(polynomial, index)) &&
      isSoundPoint(verifyingShare),
  );
}
