/**
 * Everything that a worker asks of nodes, parties and the database passes a door, where a schedule may have it die,
 * be answered late, twice or not at all. A dead worker does nothing more, whatever it was in the middle of; what it
 * had sent may still arrive.
 */
import type { PartyAnswer, PartyClient } from '#lib/mpc/client/party-client.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { WorkerContext } from '../../execution/worker-context.ts';

export const faults = [
  /** The question never leaves, and nobody is there any more. */
  'dies before',
  /** It is done, and nobody is there for the answer. */
  'dies after',
  /** The worker dies, and its question arrives later. */
  'dies, question late',
  'question late',
  'answer late',
  'answer lost',
  'asked twice',
] as const;
export type Fault = (typeof faults)[number];

export class WorkerDied extends Error {}
export class AnswerLost extends Error {}

/** Messages that are held back until the schedule lets them go. */
export class Delays {
  /** Each lets its message go; resolves once that is done, or null where somebody waits for it. */
  readonly #held: (() => Promise<void> | null)[] = [];
  #onHeld: () => void = () => undefined;

  get size(): number {
    return this.#held.length;
  }

  /** For somebody who waits. */
  hold(): Promise<void> {
    return new Promise((resolve) => {
      this.#add(() => {
        resolve();
        return null;
      });
    });
  }

  /** For nobody any more. */
  leave(message: () => Promise<unknown>): void {
    this.#add(async () => {
      await message().catch(() => undefined);
    });
  }

  /** Settles when the next message is held back. */
  nextHeld(): Promise<void> {
    return new Promise((resolve) => {
      this.#onHeld = resolve;
    });
  }

  /**
   * Lets one go.
   * @param at which of those that are held.
   * @returns when it has arrived; null where whoever waits for it goes on.
   */
  release(at: number): Promise<void> | null {
    const [go] = this.#held.splice(at, 1);
    return go ? go() : null;
  }

  #add(go: () => Promise<void> | null): void {
    this.#held.push(go);
    this.#onHeld();
  }
}

/** What its caller learns of an answer that was lost on the way. */
type Unanswered<T> = (answer: T | undefined) => T;

const throwLost = (): never => {
  throw new AnswerLost('The answer was lost on the way.');
};

export class Door {
  readonly #delays: Delays;
  #planned: { fault: Fault; left: number } | null = null;
  isDead = false;

  constructor(delays: Delays) {
    this.#delays = delays;
  }

  /** @param left questions that pass before the one that it befalls. */
  plan(fault: Fault, left: number): void {
    this.#planned = { fault, left };
  }

  /** What was planned befalls nothing any more. */
  forget(): void {
    this.#planned = null;
  }

  async pass<T>(
    ask: () => Promise<T>,
    { unanswered = throwLost, isRepeatable = true }: Partial<Of<T>> = {},
  ): Promise<T> {
    if (this.isDead) throw new WorkerDied('Dead workers ask nothing.');
    const answer = await this.#askUnder(this.#take(), ask, { unanswered, isRepeatable });
    if (this.isDead) throw new WorkerDied('Dead workers hear nothing.');
    return answer;
  }

  #take(): Fault | null {
    if (!this.#planned) return null;
    if (this.#planned.left > 0) {
      this.#planned.left -= 1;
      return null;
    }
    const { fault } = this.#planned;
    this.#planned = null;
    return fault;
  }

  async #askUnder<T>(
    fault: Fault | null,
    ask: () => Promise<T>,
    { unanswered, isRepeatable }: Of<T>,
  ): Promise<T> {
    switch (fault) {
      case null:
        return ask();
      case 'dies before':
        this.isDead = true;
        throw new WorkerDied('Died before it asked.');
      case 'dies after':
        await ask().catch(() => undefined);
        this.isDead = true;
        throw new WorkerDied('Died before it heard.');
      case 'dies, question late':
        this.isDead = true;
        this.#delays.leave(ask);
        throw new WorkerDied('Died while its question was on the way.');
      case 'question late':
        await this.#delays.hold();
        return ask();
      case 'answer late': {
        const answer = await ask();
        await this.#delays.hold();
        return answer;
      }
      case 'answer lost':
        return unanswered(await ask().catch(() => undefined));
      case 'asked twice':
        if (isRepeatable) await ask().catch(() => undefined);
        return ask();
    }
  }
}

type Of<T> = { unanswered: Unanswered<T>; isRepeatable: boolean };
type Method = (...args: unknown[]) => Promise<unknown>;

/** Names under which bytes are sent: a lost answer is a value there, an outcome that nobody knows. */
const sends: readonly string[] = ['send', 'sendTransaction'];

/** A node's client, every function of it through the door. */
export const nodeThrough = <T extends object>(door: Door, node: T): T =>
  new Proxy(node, {
    get(target, name) {
      const found: unknown = Reflect.get(target, name);
      if (typeof found !== 'function') return found;
      const unanswered = (answer: unknown): unknown =>
        sends.includes(String(name)) && typeof answer === 'object'
          ? { ...answer, outcome: 'unknown', fault: 'node-unreachable' }
          : throwLost();
      return (...args: unknown[]) =>
        door.pass(() => (found as Method).apply(target, args), { unanswered });
    },
  });

export const partyThrough = (door: Door, party: PartyClient): PartyClient => ({
  name: party.name,
  origin: party.origin,
  expected: party.expected,
  close: () => undefined,
  call: (method, request) =>
    door.pass(() => party.call(method, request), {
      unanswered: (): PartyAnswer<never> => ({
        ok: false,
        refusal: 'party-timeout',
        party: party.name,
        culprit: null,
      }),
    }),
});

const isModel = (name: string | symbol): boolean =>
  typeof name === 'string' && !/^[$_]|^then$|^constructor$/.test(name);

/** Statements and whole transactions through the door; one that began ends by itself. */
export const databaseThrough = (door: Door, database: Database): Database =>
  new Proxy(database, {
    get(target, name) {
      const found: unknown = Reflect.get(target, name);
      if (typeof found === 'function')
        return name === '$transaction' || name === '$queryRaw' || name === '$executeRaw'
          ? throughOnce(door, target, found as Method)
          : found.bind(target);
      if (!isModel(name) || typeof found !== 'object' || found === null) return found;
      return new Proxy(found, {
        get(model, method) {
          const query: unknown = Reflect.get(model, method);
          return typeof query === 'function' ? throughOnce(door, model, query as Method) : query;
        },
      });
    },
  });

/** The server runs what it is sent once. */
const throughOnce =
  (door: Door, target: object, run: Method): Method =>
  (...args) =>
    door.pass(async () => run.apply(target, args), { isRepeatable: false });

/** The same worker, all of whose doors are this one. */
export const workerThrough = (door: Door, context: WorkerContext): WorkerContext => ({
  ...context,
  db: databaseThrough(door, context.db),
  parties: context.parties.map((party) => partyThrough(door, party)),
  ...(context.bitcoin ? { bitcoin: nodeThrough(door, context.bitcoin) } : {}),
  ...(context.ethereum ? { ethereum: nodeThrough(door, context.ethereum) } : {}),
});
