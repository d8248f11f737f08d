/** Steps of one duty of which none keeps the others from being done: each is tried, and the first failure is raised last. */
export class Failures {
  #first: { error: unknown } | null = null;

  /** @returns whether the step was done; what it failed of is kept. */
  async keep(step: () => Promise<unknown>): Promise<boolean> {
    try {
      await step();
      return true;
    } catch (error) {
      this.#first ??= { error };
      return false;
    }
  }

  /** @throws what failed first, if anything did. */
  raise(): void {
    if (this.#first) throw this.#first.error;
  }
}
