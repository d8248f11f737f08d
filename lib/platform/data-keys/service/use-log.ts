/** The log of uses: who asked what and how much of it, and never what. One file, and the one before it. */
import { appendFileSync, renameSync, statSync } from 'node:fs';
import type { Use } from './answer.ts';

const BYTES_MAX = 16 * 1024 * 1024;
/** Reading is counted in sums; what changes or destroys keys stands in lines of its own. */
const SUM_EVERY_MS = 10_000;

export class UseLog {
  readonly #path: string;
  readonly #now: () => Date;
  #sums = new Map<string, { asked: number; items: number }>();
  #summedAt = 0;

  constructor(path: string, now: () => Date) {
    this.#path = path;
    this.#now = now;
  }

  note({ caller, ask, count, outcome }: Use): void {
    if (ask === 'shred' || ask === 'rotate' || outcome !== 'done')
      this.#write({ caller, ask, count, outcome });
    const key = `${caller} ${ask}`;
    const { asked, items } = this.#sums.get(key) ?? { asked: 0, items: 0 };
    this.#sums.set(key, { asked: asked + 1, items: items + count });
    if (this.#now().getTime() - this.#summedAt >= SUM_EVERY_MS) this.flush();
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
