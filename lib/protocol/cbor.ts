/**
 * Reads the part of CBOR (RFC 8949) that WebAuthn uses, in the CTAP2 canonical form and nothing
 * else: shortest lengths, definite sizes, sorted and unique map keys, no tags, no floats.
 */

export type CborValue =
  | number
  | string
  | boolean
  | null
  | Uint8Array
  | readonly CborValue[]
  | CborMap;
/** Keys in the order of the encoding. */
export type CborMap = ReadonlyMap<number | string, CborValue>;

export class CborError extends Error {
  override name = 'CborError';
}

/** CTAP2 allows four levels of nesting. */
const DEPTH_MAX = 4;

type Cursor = { bytes: Uint8Array; at: number };

function take(cursor: Cursor, count: number): Uint8Array {
  const end = cursor.at + count;
  if (end > cursor.bytes.length) throw new CborError('cut short');
  const part = cursor.bytes.subarray(cursor.at, end);
  cursor.at = end;
  return part;
}

const bigEndian = (bytes: Uint8Array): number => bytes.reduce((sum, byte) => sum * 256 + byte, 0);

function readArgument(cursor: Cursor, info: number): number {
  if (info < 24) return info;
  const width = { 24: 1, 25: 2, 26: 4 }[info];
  if (width === undefined) throw new CborError('length not supported');
  const value = bigEndian(take(cursor, width));
  const least = { 1: 24, 2: 0x100, 4: 0x10000 }[width] ?? 0;
  if (value < least) throw new CborError('not the shortest form');
  return value;
}

function readText(cursor: Cursor, size: number): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(take(cursor, size));
  } catch {
    throw new CborError('text is not UTF-8');
  }
}

function sortsBefore(left: Uint8Array, right: Uint8Array): boolean {
  // CTAP2: by major type, then by length of the encoding, then byte by byte.
  const major = ((left[0] ?? 0) >> 5) - ((right[0] ?? 0) >> 5);
  if (major !== 0) return major < 0;
  if (left.length !== right.length) return left.length < right.length;
  for (const [index, byte] of left.entries()) {
    const other = right[index] ?? 0;
    if (byte !== other) return byte < other;
  }
  return false;
}

function readMap(cursor: Cursor, size: number, depth: number): CborMap {
  const map = new Map<number | string, CborValue>();
  let before: Uint8Array | null = null;
  for (let count = 0; count < size; count += 1) {
    const start = cursor.at;
    const key = readValue(cursor, depth + 1);
    if (typeof key !== 'number' && typeof key !== 'string') throw new CborError('key type');
    const encoded = cursor.bytes.subarray(start, cursor.at);
    if (before && !sortsBefore(before, encoded)) throw new CborError('keys repeated or not sorted');
    before = encoded;
    map.set(key, readValue(cursor, depth + 1));
  }
  return map;
}

function readSimple(info: number): boolean | null {
  if (info === 20) return false;
  if (info === 21) return true;
  if (info === 22) return null;
  throw new CborError('simple value not supported');
}

function readValue(cursor: Cursor, depth: number): CborValue {
  if (depth > DEPTH_MAX) throw new CborError('too deep');
  const head = take(cursor, 1)[0] ?? 0;
  const major = head >> 5;
  const info = head & 31;
  if (major === 7) return readSimple(info);
  const argument = readArgument(cursor, info);
  switch (major) {
    case 0:
      return argument;
    case 1:
      return -1 - argument;
    case 2:
      // A copy: `slice` of a Buffer would share its memory.
      return new Uint8Array(take(cursor, argument));
    case 3:
      return readText(cursor, argument);
    case 4: {
      const items: CborValue[] = [];
      for (let count = 0; count < argument; count += 1) items.push(readValue(cursor, depth + 1));
      return items;
    }
    case 5:
      return readMap(cursor, argument, depth);
    default:
      throw new CborError('tags are not supported');
  }
}

/**
 * Reads one map that fills the bytes to the last one.
 * @throws CborError on anything else.
 */
export function readCborMap(bytes: Uint8Array): CborMap {
  const cursor = { bytes, at: 0 };
  const value = readValue(cursor, 0);
  if (!(value instanceof Map)) throw new CborError('not a map');
  if (cursor.at !== bytes.length) throw new CborError('bytes left over');
  return value as CborMap;
}
