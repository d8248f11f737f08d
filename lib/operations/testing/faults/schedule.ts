/** A random schedule over several operations: two workers take steps, and everything around them fails. */
import { advanceOperation } from '../../execution/advance-operation.ts';
import type { WorkerContext } from '../../execution/worker-context.ts';
import { Delays, Door, faults, workerThrough } from './doors.ts';

/** What the world can do beside the workers, by name. */
export type Happening = { name: string; weight: number; happen: () => Promise<unknown> | void };

type Worker = { door: Door; context: WorkerContext };

/** Questions of one step that pass before one is hit: more than most steps have. */
const QUESTIONS_MAX = 30;
const HELD_MAX = 4;

export class Schedule {
  readonly #random: () => number;
  readonly #context: WorkerContext;
  readonly #delays = new Delays();
  readonly #underWay = new Set<Promise<void>>();
  readonly #workers: [Worker, Worker];
  /** What happened so far, for whoever repeats a seed. */
  readonly story: string[] = [];
  /** Names of errors that steps ended with, and how often. */
  readonly errors = new Map<string, number>();

  constructor(random: () => number, context: WorkerContext) {
    this.#random = random;
    this.#context = context;
    this.#workers = [this.#hire(), this.#hire()];
  }

  pick<T>(from: readonly T[]): T {
    const found = from[Math.floor(this.#random() * from.length)];
    if (found === undefined) throw new Error('There is nothing to pick from.');
    return found;
  }

  /** One of them at random, by their weights. */
  async next(operations: readonly string[], happenings: readonly Happening[]): Promise<void> {
    const own: Happening[] = [
      { name: 'one takes a step', weight: 12, happen: () => this.#step(operations) },
      { name: 'both take a step', weight: 4, happen: () => this.#both(operations) },
      {
        name: 'something late arrives',
        weight: 1 + this.#delays.size,
        happen: () => this.#arrive(),
      },
    ];
    const all = [...own, ...happenings];
    let left = this.#random() * all.reduce((sum, { weight }) => sum + weight, 0);
    const chosen = all.find(({ weight }) => (left -= weight) < 0) ?? own[0];
    if (!chosen) return;
    this.story.push(chosen.name);
    await chosen.happen();
  }

  /** Everything that is held back arrives, and every step comes to its end. */
  async rest(): Promise<void> {
    for (const { door } of this.#workers) door.forget();
    while (this.#underWay.size > 0 || this.#delays.size > 0) {
      const next = this.#delays.nextHeld();
      while (this.#delays.size > 0) await this.#delays.release(0);
      await Promise.race([next, Promise.all(this.#underWay)]);
    }
  }

  #hire(): Worker {
    const door = new Door(this.#delays);
    return { door, context: workerThrough(door, this.#context) };
  }

  #workerAt(place: 0 | 1): Worker {
    if (this.#workers[place].door.isDead) this.#workers[place] = this.#hire();
    return this.#workers[place];
  }

  async #step(operations: readonly string[]): Promise<void> {
    const worker = this.#workerAt(this.pick([0, 1] as const));
    const operation = this.pick(operations);
    this.#planFault(worker);
    const held = this.#delays.nextHeld();
    await Promise.race([held, this.#advance(worker, operation)]);
  }

  async #both(operations: readonly string[]): Promise<void> {
    const operation = this.pick(operations);
    this.#planFault(this.#workerAt(0));
    const held = this.#delays.nextHeld();
    const steps = ([0, 1] as const).map((place) => this.#advance(this.#workerAt(place), operation));
    await Promise.race([held, Promise.all(steps)]);
  }

  #planFault({ door }: Worker): void {
    door.forget();
    if (this.#random() < 0.2) return;
    const fault = this.pick(faults);
    const isLate = fault.includes('late');
    if (isLate && this.#delays.size >= HELD_MAX) return;
    const left = Math.floor(this.#random() ** 2 * QUESTIONS_MAX);
    this.story.push(`  (planned: ${fault}, after ${left})`);
    door.plan(fault, left);
  }

  #advance({ context }: Worker, operation: string): Promise<void> {
    const done: Promise<void> = advanceOperation(operation, context)
      .catch((error: unknown) => {
        const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
        const short = said
          .replaceAll(/[0-9a-f-]{36}/g, '…')
          .trim()
          .slice(0, 300);
        this.errors.set(short, (this.errors.get(short) ?? 0) + 1);
      })
      .finally(() => this.#underWay.delete(done));
    this.#underWay.add(done);
    return done;
  }

  /** Waits for what it leads to: it arrives for nobody, or whoever waited ends or waits again. */
  async #arrive(): Promise<void> {
    if (this.#delays.size === 0) return;
    const before = [...this.#underWay];
    const next = this.#delays.nextHeld();
    const arrived = this.#delays.release(Math.floor(this.#random() * this.#delays.size));
    await (arrived ?? Promise.race([...before, next]));
  }
}
