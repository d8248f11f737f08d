/** How much goes into a QR code of which size, at error correction M. Pure, without zod. */
import { CHUNK_OVERHEAD, CHUNK_PREFIX } from './chunk.ts';

/** ISO/IEC 18004 table 7: alphanumeric characters at error correction M, from version 1. */
const ALPHANUMERIC_M = [
  20, 38, 61, 90, 122, 154, 178, 221, 262, 311, 366, 419, 483, 528, 600,
] as const;

/** Clear modules that each side of a code needs (ISO/IEC 18004 §6.3.8). */
export const QUIET_MODULES = 4;

/** Finer codes than this one cameras of laptops read badly. */
export const VERSION_MAX = ALPHANUMERIC_M.length;

/** The coarsest code in which a chunk makes sense: 41 bytes, and it fits a terminal of 24 rows. */
export const VERSION_MIN = 4;

/** Modules of a side, quiet ones included. */
export const sideOf = (version: number): number => 17 + 4 * version + 2 * QUIET_MODULES;

/**
 * Highest payload of a chunk whose code has at most this version.
 * @throws RangeError for a version outside VERSION_MIN to VERSION_MAX.
 */
export function chunkBytesFor(version: number): number {
  const characters = version < VERSION_MIN ? undefined : ALPHANUMERIC_M[version - 1];
  if (characters === undefined)
    throw new RangeError(`A code has a version from ${VERSION_MIN} to ${VERSION_MAX}.`);
  return Math.floor(((characters - CHUNK_PREFIX.length) * 5) / 8) - CHUNK_OVERHEAD;
}

/** 360 bytes: the most that fits into version 15, error correction M. */
export const CHUNK_BYTES_DEFAULT = chunkBytesFor(VERSION_MAX);
