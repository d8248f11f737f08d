import { notYet, type NotYet } from '#lib/operations/worker/not-yet.ts';
import type { Context } from '#lib/platform/context.ts';
import { takeOver } from '../desk/take-over.ts';
import { LimitWatch } from '../limits/watch-limits.ts';

type Needs = Pick<Context, 'db' | 'clock'>;

/** A notice may get lost; what other areas opened must not. */
const lookEveryMs = 5_000;

/** The worker's part of the incident desk. Called often; without a notice mostly it does nothing. */
export class IncidentDesk {
  readonly #needs: Needs;
  readonly #limits: LimitWatch;
  #lookedAt = -Infinity;
  #isTold = true;

  constructor(needs: Needs) {
    this.#needs = needs;
    this.#limits = new LimitWatch(needs);
  }

  /** Something about incidents changed, so that the next look is not left out. */
  tell(): void {
    this.#isTold = true;
  }

  async look(): Promise<NotYet | undefined> {
    const { db, clock } = this.#needs;
    const now = clock();
    if (!this.#isTold && now.getTime() - this.#lookedAt < lookEveryMs) return notYet;
    this.#isTold = false;
    this.#lookedAt = now.getTime();
    try {
      await takeOver(db, now);
    } finally {
      // What can’t be taken over keeps nobody from looking at the limits of what is there.
      await this.#limits.look();
    }
    return undefined;
  }
}
