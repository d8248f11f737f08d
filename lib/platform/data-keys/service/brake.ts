/** Holds back who destroys more keys within an hour than anybody has to, a start in between included. */
import { DataKeysError } from '../data-keys.ts';
import { SHREDS_AN_HOUR_MAX, type Caller } from './messages.ts';

const HOUR = 3_600_000;

/** @property at instant in milliseconds. */
export type Destruction = { at: number; caller: Caller; count: number };

export class Brake {
  readonly #now: () => Date;
  #destructions: Destruction[];

  /** @param before those of the hour before, by the log of uses. */
  constructor(now: () => Date, before: readonly Destruction[] = []) {
    this.#now = now;
    this.#destructions = [...before];
  }

  /** @throws DataKeysError `too-much`, and then none of them counts. */
  take(caller: Caller, count: number): void {
    const now = this.#now().getTime();
    this.#destructions = this.#destructions.filter(({ at }) => now - at < HOUR);
    const own = this.#destructions.filter((one) => one.caller === caller);
    const before = own.reduce((sum, one) => sum + one.count, 0);
    if (before + count > SHREDS_AN_HOUR_MAX)
      throw new DataKeysError(
        'too-much',
        `No more than ${SHREDS_AN_HOUR_MAX} keys are destroyed within an hour. The rest waits, or whoever runs the installation does it and says that more is meant.`,
      );
    this.#destructions.push({ at: now, caller, count });
  }
}
