/** Numbers modulo the order of secp256k1 (SEC 2, 2.4.1) and points of it, with one spelling each. */
import { secp256k1 } from '@noble/curves/secp256k1.js';
import type { WeierstrassPoint } from '@noble/curves/abstract/weierstrass.js';
import { randomBytes } from '@noble/hashes/utils.js';
import { expand } from './hash.ts';
import type { HashPart } from '../wire/tagged-hash.ts';

export const { Point } = secp256k1;
export type Point = WeierstrassPoint<bigint>;
export const { Fn } = Point;
/** Order of the group. */
export const ORDER = Fn.ORDER;

/** Bytes of a scalar, and of a compressed point. */
export const SCALAR = 32;
export const POINT = 33;

/**
 * What a scalar is drawn from: 128 bits more than the order, so that the remainder is off from
 * uniform by less than 2^-128 (RFC 9380 5.1 takes the same 48 bytes).
 */
export const WIDE = 48;

/** Where random bytes come from; only tests give another source. */
export type Random = (length: number) => Uint8Array;
export const systemRandom: Random = (length) => randomBytes(length);

/** The remainder of 48 big-endian bytes at the offset. */
export function reduceWide(bytes: Uint8Array, offset: number): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, WIDE);
  let number = view.getBigUint64(0);
  for (let at = 8; at < WIDE; at += 8) number = (number << 64n) | view.getBigUint64(at);
  return number % ORDER;
}

/** A secret scalar from 1 to the order less 1. */
export function randomScalar(random: Random): bigint {
  for (;;) {
    const wide = random(WIDE);
    const scalar = reduceWide(wide, 0);
    wide.fill(0);
    if (scalar !== 0n) return scalar;
  }
}

/** Scalars out of a hash: `count` of them from the tag and the parts. */
export function hashToScalars(tag: string, count: number, ...parts: readonly HashPart[]): bigint[] {
  const wide = expand(tag, count * WIDE, ...parts);
  const scalars = Array.from({ length: count }, (_, index) => reduceWide(wide, index * WIDE));
  wide.fill(0);
  return scalars;
}

/** scalar·G in time that does not depend on the scalar, but for zero, whose point is the identity. */
export const timesBase = (scalar: bigint): Point =>
  scalar === 0n ? Point.ZERO : Point.BASE.multiply(scalar);

/** scalar·P likewise, for a secret scalar. */
export const timesPoint = (point: Point, scalar: bigint): Point =>
  scalar === 0n ? Point.ZERO : point.multiply(scalar);

/** 33 bytes. @throws on the identity, which has no such spelling. */
export const pointBytes = (point: Point): Uint8Array => point.toBytes(true);

/**
 * A point from its 33 compressed bytes: on the curve, never the identity, x below the field's
 * prime. The cofactor is 1, so there is no subgroup to fall into.
 * @throws on anything else
 */
export function pointFrom(bytes: Uint8Array): Point {
  if (bytes.length !== POINT) throw new Error('A point has 33 bytes.');
  return Point.fromBytes(bytes);
}

/** @throws unless these are 32 bytes of a number below the order. */
export const scalarFrom = (bytes: Uint8Array): bigint => Fn.fromBytes(bytes);

export const scalarBytes = (scalar: bigint): Uint8Array => Fn.toBytes(scalar);

/** Scalars one after the other, 32 bytes each. */
export function scalarsBytes(scalars: readonly bigint[]): Uint8Array {
  const bytes = new Uint8Array(scalars.length * SCALAR);
  const view = new DataView(bytes.buffer);
  for (const [index, scalar] of scalars.entries())
    for (let word = 0; word < 4; word += 1)
      view.setBigUint64(
        index * SCALAR + word * 8,
        BigInt.asUintN(64, scalar >> BigInt(192 - 64 * word)),
      );
  return bytes;
}

/** The inverse of `scalarsBytes`. @throws unless every one is below the order. */
export function scalarsFrom(bytes: Uint8Array): bigint[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Array.from({ length: bytes.length / SCALAR }, (_, index) => {
    let scalar = 0n;
    for (let word = 0; word < 4; word += 1)
      scalar = (scalar << 64n) | view.getBigUint64(index * SCALAR + word * 8);
    if (scalar >= ORDER) throw new Error('A scalar is not below the order.');
    return scalar;
  });
}
