/** Holds back who makes or destroys more keys within an hour than anybody has to, a start in between included. */
import { DataKeysError } from '../data-keys.ts';
import type { Caller } from './messages.ts';

const HOUR = 3_600_000;
/** What is taken within a second counts together, so that little is remembered of an hour. */
const SECOND = 1_000;

export type Braked = 'make' | 'shred';
/** @property at instant in milliseconds. */
export type Taken = { at: number; ask: Braked; caller: Caller; count: number };
/** How many keys one caller may make and destroy within an hour. */
export type BrakeLimits = Readonly<Record<Braked, number>>;

const refusals = {
  make: (most: number) =>
    new DataKeysError(
      'too-many-made',
      `No more than ${most} keys are made within an hour. The rest waits; whoever runs the installation should look at who asks for so many.`,
    ),
  shred: (most: number) =>
    new DataKeysError(
      'too-much',
      `No more than ${most} keys are destroyed within an hour. The rest waits, or whoever runs the installation does it and says that more is meant.`,
    ),
} as const satisfies Record<Braked, (most: number) => DataKeysError>;

export class Brake {
  readonly #now: () => Date;
  readonly #limits: BrakeLimits;
  #taken: Taken[];

  /** @param before what was taken in the hour before, by the log of uses. */
  constructor(now: () => Date, limits: BrakeLimits, before: readonly Taken[] = []) {
    this.#now = now;
    this.#limits = limits;
    this.#taken = before.map((one) => ({ ...one }));
  }

  /** @throws DataKeysError `too-many-made` or `too-much`, and then none of them counts. */
  take(caller: Caller, ask: Braked, count: number): void {
    const now = this.#now().getTime();
    this.#taken = this.#taken.filter(({ at }) => now - at < HOUR);
    const own = this.#taken.filter((one) => one.caller === caller && one.ask === ask);
    const before = own.reduce((sum, one) => sum + one.count, 0);
    const most = this.#limits[ask];
    if (before + count > most) throw refusals[ask](most);
    const at = now - (now % SECOND);
    const last = own.at(-1);
    if (last?.at === at) last.count += count;
    else this.#taken.push({ at, ask, caller, count });
  }
}
