/**
 * Who may take a turn now. Whatever failed rests before it is tried again, longer each time, so one
 * thing that always fails takes neither the others' turns nor all of the machine. Pure: times are
 * parameters, in milliseconds.
 */

const restFirstMs = 1_000;
const restLastMs = 60_000;

/** Failures in a row after which it is no longer a hiccup, and people should know. */
const troubleAfter = 3;

/** More than ever fail at once; above it the oldest are forgotten, and so tried again at once. */
const entriesMax = 10_000;

export type Trouble = { name: string; failures: number; since: number };

type Entry = { failures: number; since: number; restsUntil: number };

export class Turns {
  readonly #entries = new Map<string, Entry>();

  failed(name: string, now: number): void {
    const { failures = 0, since = now } = this.#entries.get(name) ?? {};
    const rest = Math.min(restFirstMs * 2 ** Math.min(failures, 30), restLastMs);
    this.#entries.delete(name);
    this.#entries.set(name, { failures: failures + 1, since, restsUntil: now + rest });
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > entriesMax && oldest !== undefined) this.#entries.delete(oldest);
  }

  went(name: string): void {
    this.#entries.delete(name);
  }

  /** Names whose rest is not over. */
  resting(now: number): string[] {
    return [...this.#entries].flatMap(([name, { restsUntil }]) => (restsUntil > now ? [name] : []));
  }

  /**
   * Those whose turn it is, the ones that failed least first: where a pass takes only some, those
   * that fail must not be the ones it takes each time.
   */
  order<T>(things: readonly T[], nameOf: (thing: T) => string, now: number): T[] {
    const failuresOf = (thing: T): number => this.#entries.get(nameOf(thing))?.failures ?? 0;
    const resting = new Set(this.resting(now));
    return things
      .filter((thing) => !resting.has(nameOf(thing)))
      .toSorted((a, b) => failuresOf(a) - failuresOf(b));
  }

  /** What keeps failing, the longest first. */
  troubles(): Trouble[] {
    return [...this.#entries]
      .filter(([, { failures }]) => failures >= troubleAfter)
      .map(([name, { failures, since }]) => ({ name, failures, since }))
      .toSorted((a, b) => a.since - b.since);
  }

  /** Forgets those that are no longer there to be tried. */
  keepOnly(isThere: (name: string) => boolean): void {
    for (const name of this.#entries.keys()) if (!isThere(name)) this.#entries.delete(name);
  }
}
