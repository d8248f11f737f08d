import { notYet, type NotYet } from '#lib/operations/worker/not-yet.ts';
import type { Context } from '#lib/platform/context.ts';
import { makeSegregationCheck } from './make-check.ts';

type Needs = Pick<Context, 'db' | 'clock'>;

const dayMs = 86_400_000;
const lookEveryMs = 60_000;

/** The worker's check: one a day, whoever else made one. Called often; mostly it does nothing. */
export class SegregationDesk {
  readonly #needs: Needs;
  #lookedAt = -Infinity;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  async look(): Promise<NotYet | undefined> {
    const { db, clock } = this.#needs;
    const now = clock().getTime();
    if (now - this.#lookedAt < lookEveryMs) return notYet;
    this.#lookedAt = now;
    // Until the first vault is there, there is nothing to keep apart.
    if (!(await db.vault.findFirst({ select: { id: true } }))) return undefined;
    const today = new Date(Math.floor(now / dayMs) * dayMs);
    const checked = await db.segregationCheck.findFirst({
      where: { startedBy: 'schedule', checkedAt: { gte: today } },
      select: { id: true },
    });
    if (!checked) await makeSegregationCheck('schedule', this.#needs);
    return undefined;
  }
}
