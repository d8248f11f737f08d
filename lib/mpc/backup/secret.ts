/** Secret bytes that no print, log or JSON can show by accident, and that can be erased. */

export class Secret {
  readonly #bytes: Uint8Array;
  #isErased = false;

  /** @param bytes taken over: whoever hands them in keeps no other copy. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /**
   * Lends the bytes for as long as `work` runs; it must not keep them.
   * @throws when they were erased.
   */
  use<T>(work: (bytes: Uint8Array) => T): T {
    if (this.#isErased) throw new Error('The secret was erased.');
    return work(this.#bytes);
  }

  /** Overwrites the bytes. Copies that arithmetic made stay in memory until it is used again. */
  erase(): void {
    this.#bytes.fill(0);
    this.#isErased = true;
  }
}
