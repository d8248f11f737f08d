/**
 * Work that takes minutes, beside the worker's other duties, which wait for nothing of it. One run at a time. What a
 * run failed of is thrown at each look until one succeeds, so that a duty that keeps failing shows as one although
 * it begins without a fault each time.
 */
export class Beside {
  readonly #everyMs: number;
  readonly #stopping = new AbortController();
  #running: Promise<void> | null = null;
  #failure: Error | null = null;
  #begunAt = -Infinity;

  /** @param timing.everyMs from one begin to the next, at least. */
  constructor({ everyMs }: { everyMs: number }) {
    this.#everyMs = everyMs;
  }

  /**
   * Begins the work, unless it is at it. @throws what the last run failed of.
   * @param work ends early, with the signal's reason, when it is aborted.
   */
  look(work: (signal: AbortSignal) => Promise<void>): void {
    const now = performance.now();
    if (!this.#running && !this.#stopping.signal.aborted && now - this.#begunAt >= this.#everyMs) {
      this.#begunAt = now;
      this.#running = this.#run(work);
    }
    if (this.#failure) throw this.#failure;
  }

  /** Waits for what is being done. */
  async settled(): Promise<void> {
    await this.#running;
  }

  /** Leaves off soon, and begins nothing any more. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #run(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    try {
      await work(this.#stopping.signal);
      this.#failure = null;
    } catch (error) {
      if (!this.#stopping.signal.aborted)
        this.#failure = new Error('Work beside the other duties failed', { cause: error });
    } finally {
      this.#running = null;
    }
  }
}
