/** Keys that rows have said, kept as digests, so that long texts need no more memory than short ones. */
import { hash } from 'node:crypto';

/** 16 bytes: two of millions of keys are the same by chance once in 10^25 packages. */
const digestLength = 16;

const digestOf = (texts: readonly string[]): string =>
  hash('sha256', JSON.stringify(texts), 'binary').slice(0, digestLength);

export class KeySet {
  readonly #known = new Set<string>();

  /** @returns false where it was there already */
  add(texts: readonly string[]): boolean {
    const before = this.#known.size;
    this.#known.add(digestOf(texts));
    return this.#known.size > before;
  }

  has(texts: readonly string[]): boolean {
    return this.#known.has(digestOf(texts));
  }
}
