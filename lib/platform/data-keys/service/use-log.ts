/** The log of uses: who asked what and how much of it, and never what. One file, and the one before it. */
import { appendFileSync, readFileSync, renameSync, statSync } from 'node:fs';
import { z } from 'zod';
import type { Use } from './answer.ts';
import type { Taken } from './brake.ts';
import { callers, type Caller } from './messages.ts';

const BYTES_MAX = 16 * 1024 * 1024;
/** Reading is counted in sums; what makes, changes or destroys keys stands in lines of its own. */
const SUM_EVERY_MS = 10_000;

/** Refusals of one caller that stand in lines of their own, within a minute; the rest is counted in the sums. */
const REFUSED_A_MINUTE = 60;
const MINUTE_MS = 60_000;

const SINGLY: ReadonlySet<string> = new Set(['make', 'shred', 'rotate', 'backup', 'renew-copy']);

const by = { at: z.iso.datetime(), caller: z.enum(callers) };
const takenLine = z.discriminatedUnion('ask', [
  z.object({ ...by, ask: z.literal('shred'), destroyed: z.int().min(0) }),
  z.object({ ...by, ask: z.literal('make'), count: z.int().min(0), outcome: z.literal('done') }),
]);

export class UseLog {
  readonly #path: string;
  readonly #now: () => Date;
  #sums = new Map<string, { asked: number; items: number }>();
  #summedAt = 0;
  /** Lines about refusals of each caller in this minute. */
  #refused = new Map<Caller, number>();
  #minute = 0;

  constructor(path: string, now: () => Date) {
    this.#path = path;
    this.#now = now;
  }

  note(use: Use): void {
    const { caller, ask, count, outcome } = use;
    if (outcome === 'done' ? SINGLY.has(ask) : this.#hasRoom(caller)) this.#write(use);
    const key = `${caller} ${ask}`;
    const { asked, items } = this.#sums.get(key) ?? { asked: 0, items: 0 };
    this.#sums.set(key, { asked: asked + 1, items: items + count });
    if (this.#now().getTime() - this.#summedAt >= SUM_EVERY_MS) this.flush();
  }

  /** Whoever is refused over and over would otherwise push what was destroyed out of the log. */
  #hasRoom(caller: Caller): boolean {
    const minute = Math.floor(this.#now().getTime() / MINUTE_MS);
    if (minute !== this.#minute) this.#refused = new Map();
    this.#minute = minute;
    const written = this.#refused.get(caller) ?? 0;
    this.#refused.set(caller, written + 1);
    return written < REFUSED_A_MINUTE;
  }

  /** Keys that were made and destroyed since an instant, by the lines of this file and the one before it. */
  takenSince(instant: Date): Taken[] {
    return [`${this.#path}.before`, this.#path].flatMap((path) =>
      linesOf(path).flatMap((line) => {
        const parsed = takenLine.safeParse(jsonOf(line));
        if (!parsed.success || Date.parse(parsed.data.at) < instant.getTime()) return [];
        const { ask, caller } = parsed.data;
        const count = parsed.data.ask === 'shred' ? parsed.data.destroyed : parsed.data.count;
        return [{ at: Date.parse(parsed.data.at), ask, caller, count }];
      }),
    );
  }

  /** Writes the sums that are not written yet. */
  flush(): void {
    if (this.#sums.size > 0) this.#write({ sums: Object.fromEntries(this.#sums) });
    this.#sums = new Map();
    this.#summedAt = this.#now().getTime();
  }

  #write(line: object): void {
    appendFileSync(this.#path, `${JSON.stringify({ at: this.#now().toISOString(), ...line })}\n`, {
      mode: 0o600,
    });
    if (statSync(this.#path).size > BYTES_MAX) renameSync(this.#path, `${this.#path}.before`);
  }
}

function linesOf(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
