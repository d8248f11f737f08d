/** Keeps one service running: starts it, waits until it is ready, starts it again when it ends. */
import { setTimeout as delay } from 'node:timers/promises';
import { startChild, type Child, type ChildEnd } from './child.ts';
import { Problem } from './problem.ts';
import type { ServiceSpec, ServiceState, ServiceStatus } from './service.ts';

const READY_EVERY_MS = 60;
const FIRST_ATTEMPTS = 3;
const BACKOFF_FIRST_MS = 100;
/** One that never got ready is given ever more time; one that did work is soon back. */
const BACKOFF_MAX_MS = 10_000;
const BACKOFF_WELL_MAX_MS = 800;
/** A process that lived this long was well; its next restart is quick again. */
const WELL_AFTER_MS = 5_000;
const KEPT_LINES = 15;

export type KeeperEvents = {
  onLine: (name: string, line: string) => void;
  onNotice: (name: string, sentence: string) => void;
  onChange: () => void;
};

type Outcome = 'ready' | 'overdue' | 'gone';
type Run = { wasReady: boolean; isOverdue: boolean; words: string };

const endWords = ({ code, signal }: ChildEnd): string =>
  signal === null ? `ended with code ${code ?? '?'}` : `was ended by ${signal}`;

export class Keeper {
  readonly spec: ServiceSpec;
  readonly #events: KeeperEvents;
  #state: ServiceState = 'off';
  #child: Child | null = null;
  #restarts = 0;
  #quickEnds = 0;
  #isWanted = false;
  #loop: Promise<void> = Promise.resolve();
  #wake = new AbortController();
  #lastLines: string[] = [];

  constructor(spec: ServiceSpec, events: KeeperEvents) {
    this.spec = spec;
    this.#events = events;
  }

  status(): ServiceStatus {
    const { name, title } = this.spec;
    const pid = this.#child?.pid ?? null;
    return { name, title, state: this.#state, pid, restarts: this.#restarts };
  }

  /**
   * Starts the service and resolves when it is ready; from then on it is kept running.
   * @throws Problem when it does not get ready, with the last lines it printed
   */
  async start(): Promise<void> {
    if (this.#isWanted) return;
    this.#isWanted = true;
    this.#wake = new AbortController();
    this.#restarts = 0;
    this.#quickEnds = 0;
    this.#lastLines = [];
    const first = Promise.withResolvers<void>();
    this.#loop = this.#keep(first);
    try {
      await first.promise;
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  /** Stops the service and resolves when its process is gone. */
  async stop(): Promise<void> {
    this.#isWanted = false;
    this.#wake.abort();
    const child = this.#child;
    if (child) {
      this.#setState('stopping');
      child.signal(this.spec.stopSignal);
      const overdue = new AbortController();
      void this.#killLater(child, overdue.signal);
      await child.ended;
      overdue.abort();
      // What the process itself had started goes with it.
      child.signal('SIGKILL');
    }
    await this.#loop;
    this.#setState('off');
  }

  /** Ends the process without ceremony; for a person who pressed Ctrl-C twice. */
  kill(): void {
    this.#isWanted = false;
    this.#wake.abort();
    this.#child?.signal('SIGKILL');
  }

  async #killLater(child: Child, signal: AbortSignal): Promise<void> {
    const isOverdue = await delay(this.spec.stopWithinMs, true, { signal }).catch(() => false);
    if (!isOverdue) return;
    this.#notice('does not stop in time and is killed');
    child.signal('SIGKILL');
  }

  async #keep(first: PromiseWithResolvers<void>): Promise<void> {
    let isFirst = true;
    while (this.#isWanted) {
      const startedAt = Date.now();
      const { wasReady, isOverdue, words } = await this.#runOnce(() => {
        isFirst = false;
        first.resolve();
      });
      if (!this.#isWanted) break;
      this.#quickEnds = Date.now() - startedAt > WELL_AFTER_MS ? 1 : this.#quickEnds + 1;
      if (isFirst && (isOverdue || this.#quickEnds >= FIRST_ATTEMPTS)) {
        first.reject(this.#failure(words));
        return;
      }
      if (!isFirst) this.#notice(`${words}; starting it again`);
      this.#restarts += 1;
      this.#setState('waiting');
      const longest = wasReady ? BACKOFF_WELL_MAX_MS : BACKOFF_MAX_MS;
      await this.#pause(Math.min(BACKOFF_FIRST_MS * 2 ** (this.#quickEnds - 1), longest));
    }
    first.reject(new Problem(`${this.spec.title} was stopped while it started.`));
  }

  async #runOnce(onReady: () => void): Promise<Run> {
    this.#setState('starting');
    let child: Child;
    try {
      const command = await this.spec.command();
      if (!this.#isWanted) return { wasReady: false, isOverdue: false, words: 'was stopped' };
      child = startChild(command, (line) => {
        this.#hear(line);
      });
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error);
      this.#hear(words);
      return { wasReady: false, isOverdue: false, words: 'could not be prepared' };
    }
    this.#child = child;
    const over = new AbortController();
    const readiness = this.#watchReadiness(child, over.signal, onReady);
    const end = await child.ended;
    over.abort();
    // A process that was killed may leave children of its own behind.
    child.signal('SIGKILL');
    const outcome = await readiness;
    this.#child = null;
    return {
      wasReady: outcome === 'ready',
      isOverdue: outcome === 'overdue',
      words: endWords(end),
    };
  }

  async #watchReadiness(child: Child, over: AbortSignal, onReady: () => void): Promise<Outcome> {
    const deadline = Date.now() + this.spec.readyWithinMs;
    while (!over.aborted && this.#isWanted) {
      const isReady = await this.#isReady();
      if (over.aborted || !this.#isWanted) return 'gone';
      if (isReady) {
        this.#setState('up');
        onReady();
        return 'ready';
      }
      if (Date.now() >= deadline) {
        this.#hear(`not ready after ${this.spec.readyWithinMs / 1000} s`);
        child.signal('SIGKILL');
        return 'overdue';
      }
      await this.#pause(READY_EVERY_MS, over);
    }
    return 'gone';
  }

  /** A check that throws is a check that says no. */
  async #isReady(): Promise<boolean> {
    try {
      return await this.spec.isReady();
    } catch {
      return false;
    }
  }

  async #pause(ms: number, over?: AbortSignal): Promise<void> {
    const signal = over ? AbortSignal.any([this.#wake.signal, over]) : this.#wake.signal;
    await delay(ms, undefined, { signal }).catch(() => undefined);
  }

  #failure(words: string): Problem {
    const output = this.#lastLines.map((line) => `    ${line}`).join('\n');
    return new Problem(
      `${this.spec.title} does not start: it ${words}.\n  The last it printed (all of it is in the log file ${this.spec.name}.log):\n${output}`,
    );
  }

  #hear(line: string): void {
    this.#lastLines = [...this.#lastLines, line].slice(-KEPT_LINES);
    this.#events.onLine(this.spec.name, line);
  }

  #notice(sentence: string): void {
    this.#events.onNotice(this.spec.name, sentence);
  }

  #setState(state: ServiceState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#events.onChange();
  }
}
