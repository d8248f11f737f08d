/**
 * A look at what may have changed, one at a time. Whoever asks while one is under way waits for the one after it,
 * since the one under way may have passed over what they ask about; and for no later one, however often others ask.
 */
export class Looks {
  readonly #once: () => Promise<void>;
  #running: Promise<void> | null = null;
  /** Begins when the one under way has ended, however it ends; all who ask meanwhile share it. */
  #next: Promise<void> | null = null;

  /** @param once looks at everything; what it throws, everybody who waits for it gets. */
  constructor(once: () => Promise<void>) {
    this.#once = once;
  }

  /** Resolves when a look that began with this call or after it has ended. */
  look(): Promise<void> {
    // First, since it may not have begun although the one before it has ended.
    if (this.#next) return this.#next;
    if (!this.#running) return this.#begin();
    const begin = (): Promise<void> => this.#begin();
    this.#next = this.#running.then(begin, begin);
    return this.#next;
  }

  /** Waits until no look is under way, however they end. */
  async settled(): Promise<void> {
    for (let last = this.#next ?? this.#running; last; last = this.#next ?? this.#running)
      await last.catch(() => undefined);
  }

  #begin(): Promise<void> {
    this.#next = null;
    const run = this.#once().finally(() => {
      if (this.#running === run) this.#running = null;
    });
    this.#running = run;
    return run;
  }
}
