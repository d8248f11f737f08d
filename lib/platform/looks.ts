/**
 * A look at what may have changed, one at a time. Whoever asks while one is under way waits for one that began
 * later, since the one under way may have passed over what they ask about.
 */
export class Looks {
  readonly #once: () => Promise<void>;
  #running: Promise<void> | null = null;
  #isDue = false;

  /** @param once looks at everything; what it throws, everybody who waits for it gets. */
  constructor(once: () => Promise<void>) {
    this.#once = once;
  }

  /** Resolves when a look that began after this call, or with it, has ended. */
  look(): Promise<void> {
    this.#isDue = this.#running !== null;
    this.#running ??= this.#untilNoneIsDue().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  /** Waits for the look under way, however it ends. */
  async settled(): Promise<void> {
    await this.#running?.catch(() => undefined);
  }

  async #untilNoneIsDue(): Promise<void> {
    do {
      this.#isDue = false;
      await this.#once();
    } while (this.#isDue);
  }
}
