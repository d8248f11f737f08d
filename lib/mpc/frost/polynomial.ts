/**
 * Polynomials over the scalars of a curve, in numbers and in points: what refresh and repair need and
 * noble keeps to itself. Formulas of RFC 9591: evaluation C.1, commitments C.2, Lagrange 4.2.
 */
import { fromHex, toHex } from '../wire/encoding.ts';

/** What the protocols need of a point; noble's points of either curve have it. */
export interface GroupPoint {
  add(other: GroupPoint): GroupPoint;
  negate(): GroupPoint;
  equals(other: GroupPoint): boolean;
  multiply(scalar: bigint): GroupPoint;
  /** In a time that depends on the scalar. */
  multiplyUnsafe(scalar: bigint): GroupPoint;
  is0(): boolean;
  isTorsionFree(): boolean;
  toBytes(): Uint8Array;
}

/** What of noble's classes of points is used here. */
type Curve = {
  readonly BASE: GroupPoint;
  readonly ZERO: GroupPoint;
  fromBytes(bytes: Uint8Array): GroupPoint;
  readonly Fn: {
    readonly ZERO: bigint;
    readonly ONE: bigint;
    create(value: bigint): bigint;
    add(a: bigint, b: bigint): bigint;
    sub(a: bigint, b: bigint): bigint;
    mul(a: bigint, b: bigint): bigint;
    neg(a: bigint): bigint;
    div(a: bigint, b: bigint): bigint;
    fromBytes(bytes: Uint8Array): bigint;
    toBytes(scalar: bigint): Uint8Array;
  };
};

/** As SEC1 2.3.3 writes it; no sound point's text, so a sum that comes to nothing is refused as one. */
const IDENTITY = '00';

/** Numbers below the order of one curve's group, and its points. Points in text are lower-case hex. */
export type Arithmetic = {
  /** @throws unless these are 32 bytes of a number below the order of the group. */
  scalarOf: (bytes: Uint8Array) => bigint;
  /** 32 bytes, in the order that the curve's own documents use. */
  scalarBytes: (scalar: bigint) => Uint8Array;
  addScalars: (scalars: readonly bigint[]) => bigint;
  subtractScalars: (from: bigint, scalars: readonly bigint[]) => bigint;
  multiplyScalars: (a: bigint, b: bigint) => bigint;
  negateScalar: (scalar: bigint) => bigint;
  /** @throws on bytes that are no point; whether it is a sound one is for `isSoundPoint` to say. */
  pointOf: (hex: string) => GroupPoint;
  pointHex: (point: GroupPoint) => string;
  addPoints: (points: readonly GroupPoint[]) => GroupPoint;
  /** True for the canonical encoding of a point of prime order other than the identity. */
  isSoundPoint: (hex: string) => boolean;
  /** scalar·G in time that does not depend on the scalar. @throws on zero. */
  commitTo: (scalar: bigint) => GroupPoint;
  /**
   * True when the bytes are the secret behind the point. Zero is refused like any other wrong answer:
   * RFC 9591 3.1 has no encoding for its point, and an honest sender never meets it.
   */
  opens: (point: GroupPoint, secret: Uint8Array) => boolean;
  /** @param coefficients from the constant term up. */
  evaluate: (coefficients: readonly bigint[], at: number) => bigint;
  /** The same in public points; takes a time that depends on them. */
  evaluatePoints: (coefficients: readonly GroupPoint[], at: number) => GroupPoint;
  /**
   * Weight of one member's value when the values at `indexes` are brought to the place `at`.
   * @throws unless `index` is among the indexes, which are distinct.
   */
  lagrangeWeight: (indexes: readonly number[], index: number, at: number) => bigint;
};

/** The arithmetic of one curve. */
export function arithmeticOver(curve: Curve): Arithmetic {
  const { BASE, ZERO, Fn } = curve;
  const pointOf = (hex: string): GroupPoint => curve.fromBytes(fromHex(hex));
  const pointHex = (point: GroupPoint): string => (point.is0() ? IDENTITY : toHex(point.toBytes()));
  const commitTo = (scalar: bigint): GroupPoint => BASE.multiply(scalar);
  return {
    scalarOf: (bytes) => Fn.fromBytes(bytes),
    scalarBytes: (scalar) => Fn.toBytes(scalar),
    addScalars: (scalars) => scalars.reduce((sum, scalar) => Fn.add(sum, scalar), Fn.ZERO),
    subtractScalars: (from, scalars) =>
      scalars.reduce((rest, scalar) => Fn.sub(rest, scalar), from),
    multiplyScalars: (a, b) => Fn.mul(a, b),
    negateScalar: (scalar) => Fn.neg(scalar),
    pointOf,
    pointHex,
    addPoints: (points) => points.reduce((sum, point) => sum.add(point), ZERO),
    isSoundPoint: (hex) => {
      try {
        const point = pointOf(hex);
        return !point.is0() && point.isTorsionFree() && pointHex(point) === hex;
      } catch {
        return false;
      }
    },
    commitTo,
    opens: (point, secret) => {
      try {
        return commitTo(Fn.fromBytes(secret)).equals(point);
      } catch {
        return false;
      }
    },
    evaluate: (coefficients, at) => {
      const x = BigInt(at);
      return coefficients.reduceRight(
        (sum, coefficient) => Fn.add(Fn.mul(sum, x), coefficient),
        Fn.ZERO,
      );
    },
    evaluatePoints: (coefficients, at) => {
      const x = BigInt(at);
      return coefficients.reduceRight(
        (sum, coefficient) => sum.multiplyUnsafe(x).add(coefficient),
        ZERO,
      );
    },
    lagrangeWeight: (indexes, index, at) => {
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
    },
  };
}
