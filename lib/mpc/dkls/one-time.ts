/** Secrets that are given away once, like the nonces of `frost/signing.ts`: nothing to copy, store or ask twice. */
export class OneTime<T> {
  #held: { value: T } | null;
  readonly #erase: (value: T) => void;

  /** @param erase overwrites what can be overwritten; called by `burn`, not by `take`. */
  constructor(value: T, erase: (value: T) => void) {
    this.#held = { value };
    this.#erase = erase;
  }

  /** @throws when it was taken or burned before. */
  take(): T {
    const held = this.#held;
    if (!held) throw new Error('The secrets of this step are gone.');
    this.#held = null;
    return held.value;
  }

  burn(): void {
    if (this.#held) this.#erase(this.#held.value);
    this.#held = null;
  }

  get isGone(): boolean {
    return this.#held === null;
  }
}
