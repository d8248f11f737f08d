/** Takes operations on, several side by side, so that none waits for one that hangs or fails. */
import { log } from '#lib/platform/log.ts';
import { Looks } from '#lib/platform/looks.ts';
import { advanceOperation } from '../execution/advance-operation.ts';
import type { WorkerContext } from '../execution/worker-context.ts';
import { Turns, type Trouble } from './turns.ts';

/** Operations taken on at the same time. */
const lanes = 16;

/** Operations that one look can find; the oldest come first. */
const lookMax = 10_000;

const working = ['cosigned', 'signing', 'signed', 'broadcast'];

export class Carrier {
  readonly #context: WorkerContext;
  readonly #turns = new Turns();
  /** Waiting for a lane or in one: nobody works on the same operation twice at once. */
  readonly #taken = new Set<string>();
  readonly #queue: string[] = [];
  readonly #running = new Set<Promise<void>>();
  readonly #looks = new Looks(() => this.#lookOnce());
  #isStopped = false;

  constructor(context: WorkerContext) {
    this.#context = context;
  }

  /** Finds what is under way and sees to it; resolves when it has looked, not when all is done. */
  look(): Promise<void> {
    return this.#looks.look();
  }

  /** Operations that keep failing, by id. */
  troubles(): Trouble[] {
    return this.#turns.troubles();
  }

  /** Resolves when what was found so far has had its turn. */
  async settled(): Promise<void> {
    await Promise.all(this.#running);
  }

  /** Lets what is being worked on come to its end, and takes on nothing more. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#queue.length = 0;
    await this.#looks.settled();
    await this.settled();
  }

  async #lookOnce(): Promise<void> {
    const found = await this.#context.db.operation.findMany({
      where: {
        OR: [
          { state: { in: working } },
          // What waits has its turn when its time has come.
          { state: 'waiting', waitingUntil: { lte: this.#context.clock() } },
        ],
      },
      orderBy: [{ stateChangedAt: 'asc' }, { id: 'asc' }],
      take: lookMax,
      select: { id: true },
    });
    if (this.#isStopped) return;
    const ids = new Set(found.map(({ id }) => id));
    this.#turns.keepOnly((id) => ids.has(id));
    for (const id of this.#turns.order([...ids], (name) => name, this.#now())) {
      if (this.#taken.has(id)) continue;
      this.#taken.add(id);
      this.#queue.push(id);
    }
    while (this.#running.size < lanes && this.#queue.length > 0) this.#open();
  }

  /** A lane works until the queue is empty. */
  #open(): void {
    const lane = this.#workOff().finally(() => this.#running.delete(lane));
    this.#running.add(lane);
  }

  async #workOff(): Promise<void> {
    for (let id = this.#queue.shift(); id !== undefined; id = this.#queue.shift()) {
      await this.#takeOn(id);
      this.#taken.delete(id);
    }
  }

  async #takeOn(id: string): Promise<void> {
    try {
      await advanceOperation(id, this.#context);
      this.#turns.went(id);
    } catch (error) {
      this.#turns.failed(id, this.#now());
      log.error({ err: error, operation: id }, 'operation could not be taken on');
    }
  }

  #now(): number {
    return this.#context.clock().getTime();
  }
}
