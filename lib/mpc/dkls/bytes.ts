/** Messages of fixed length: fields one after the other, without gap and without rest. */
import { concatBytes } from '@noble/hashes/utils.js';

/** Takes fields from the front. Copies, so that nobody changes a message after it was read. */
export class FieldReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** @throws when fewer bytes are left. */
  take(length: number): Uint8Array {
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new Error('The message is too short.');
    const field = this.#bytes.slice(this.#at, end);
    this.#at = end;
    return field;
  }

  takeByte(): number {
    return this.take(1)[0] ?? 0;
  }

  /** @throws when bytes are left. */
  end(): void {
    if (this.#at !== this.#bytes.length) throw new Error('The message is too long.');
  }
}

/** @returns what `read` makes of the bytes, or null when it finds them malformed or of another length. */
export function readExactly<T>(
  bytes: Uint8Array,
  length: number,
  read: (reader: FieldReader) => T,
): T | null {
  if (bytes.length !== length) return null;
  try {
    const reader = new FieldReader(bytes);
    const value = read(reader);
    reader.end();
    return value;
  } catch {
    return null;
  }
}

export const joined = (...fields: readonly Uint8Array[]): Uint8Array => concatBytes(...fields);

/** True when both are the same bytes; looks at all of them first. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let at = 0; at < a.length; at += 1) difference |= (a[at] ?? 0) ^ (b[at] ?? 0);
  return difference === 0;
}

/** Bit `index`, least significant bit of the first byte first. */
export const bitOf = (bits: Uint8Array, index: number): 0 | 1 =>
  (((bits[index >> 3] ?? 0) >> (index & 7)) & 1) as 0 | 1;

/** Overwrites; JavaScript can't promise more, as a copy may have been made by the engine. */
export function wipe(...secrets: readonly Uint8Array[]): void {
  for (const secret of secrets) secret.fill(0);
}
