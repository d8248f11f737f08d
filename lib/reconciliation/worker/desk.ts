/** The worker's desk for runs: it answers requests one at a time, and asks for what is due by itself. */
import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { log } from '#lib/platform/log.ts';
import { isDue } from '../runs/due.ts';
import { answerRequest } from '../runs/answer-request.ts';
import { listPlaces } from '../runs/list-places.ts';
import { requestRuns } from '../runs/request-runs.ts';
import type { OutsideSource } from '../sources/outside-source.ts';

type Needs = Pick<Context, 'db' | 'clock'> & { sources: readonly OutsideSource[] };

const scheduleEveryMs = 15_000;
/** A source that does not answer is not asked without end. */
const failedRestMs = 300_000;

export class ReconciliationDesk {
  readonly #needs: Needs;
  #work: Promise<void> | null = null;
  #scheduledAt = -Infinity;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** Sees to what waits. Runs go on by themselves: a slow chain must not hold up the rest of the worker. */
  async look(): Promise<void> {
    if (this.#work) return;
    await this.#schedule();
    const request = await this.#next();
    if (!request) return;
    this.#work = answerRequest(request, this.#needs)
      .catch((error: unknown) => log.error({ err: error, request: request.id }, 'runs broke off'))
      .finally(() => {
        this.#work = null;
      });
  }

  /** What was begun, then the schedule's own, then the oldest that people wait for: they hold up no schedule. */
  async #next() {
    const oldest = (where: { state: string; startedBy?: string }) =>
      this.#needs.db.reconciliationRequest.findFirst({
        where,
        orderBy: { requestedAt: 'asc' },
        select: { id: true, wanted: true, placesDone: true },
      });
    return (
      (await oldest({ state: 'running' })) ??
      (await oldest({ state: 'waiting', startedBy: 'schedule' })) ??
      (await oldest({ state: 'waiting' }))
    );
  }

  /** Resolves when the request that is being answered is. */
  async settled(): Promise<void> {
    await this.#work;
  }

  async #schedule(): Promise<void> {
    const { db, clock, sources } = this.#needs;
    const now = clock();
    if (now.getTime() - this.#scheduledAt < scheduleEveryMs) return;
    this.#scheduledAt = now.getTime();
    // Until the first vault is there, there is nothing to hold the books against.
    if ((await db.vault.count()) === 0) return;
    const places = await listPlaces(db, sources, now);
    if (!places.some((entry) => isDue(entry, now))) return;
    const last = await db.reconciliationRequest.findFirst({
      where: { wanted: 'due', startedBy: 'schedule' },
      orderBy: { requestedAt: 'desc' },
    });
    if (last && last.state !== 'done') {
      if (last.state !== 'failed') return;
      if (now.getTime() - (last.endedAt?.getTime() ?? 0) < failedRestMs) return;
    }
    await inTransaction(db, (tx) => requestRuns(tx, 'due', { who: 'schedule' }, now));
  }
}
