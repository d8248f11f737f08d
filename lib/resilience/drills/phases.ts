/** The parts of a drill, one after the other, each with how long it took; whoever interrupts it ends the one under way. */
import { DrillProblem, reasonOf } from './drill-problem.ts';

export type Phase = { name: string; ms: number };

export class Phases {
  readonly done: Phase[] = [];
  readonly signal: AbortSignal;
  #where = 'it began';

  constructor(signal: AbortSignal) {
    this.signal = signal;
  }

  /**
   * @param name for the evidence, such as `restore`
   * @param where for people, after "while", such as `the backup was put into the second database`
   * @throws DrillProblem when the drill was interrupted; what `work` throws
   */
  async run<T>(name: string, where: string, work: () => Promise<T>): Promise<T> {
    this.#where = where;
    const started = performance.now();
    const { promise: interrupted, reject } = Promise.withResolvers<never>();
    const onAbort = (): void => reject(this.#interruption());
    this.signal.addEventListener('abort', onAbort, { once: true });
    try {
      if (this.signal.aborted) throw this.#interruption();
      // Whatever the work does after an interruption is ended by what cleans up.
      return await Promise.race([interrupted, work()]);
    } catch (error) {
      throw this.signal.aborted ? this.#interruption() : error;
    } finally {
      this.signal.removeEventListener('abort', onAbort);
      this.done.push({ name, ms: Math.round(performance.now() - started) });
    }
  }

  /** Milliseconds of the phases of these names together. */
  sum(names: readonly string[]): number {
    return this.done
      .filter(({ name }) => names.includes(name))
      .reduce((sum, { ms }) => sum + ms, 0);
  }

  reasonOf(error: unknown): string {
    return reasonOf(error, this.#where);
  }

  #interruption(): DrillProblem {
    return new DrillProblem(`It was interrupted while ${this.#where}. Run it again.`);
  }
}
