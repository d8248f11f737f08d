/** The worker's part: a run each night, rehearsals that people ask for, and what is due, until it is gone. */
import type { Context } from '#lib/platform/context.ts';
import { Failures } from '#lib/platform/failures.ts';
import { log } from '#lib/platform/log.ts';
import type { RunCode } from '../schedule.ts';
import { advanceRun, pageSize, RuleError } from './advance-run.ts';
import { beginNight } from './begin-night.ts';
import type { ApprovalProof } from './load-report.ts';
import { WorkOff } from './work-off.ts';

type Needs = Pick<Context, 'db' | 'clock'> & { isProved: ApprovalProof };

/** From this hour of UTC on, when few work with the console. */
const nightHour = 1;
/** Pages at one look, so that custody never waits for it longer than a moment. */
const pagesAtOnce = 3;
/** Nothing to do is looked up this often. */
const lookEveryMs = 5_000;
/** A rule by which a run could not go on waits behind the others for so long. */
const asideMs = 600_000;

export class RetentionDesk {
  readonly #needs: Needs;
  readonly #queue: WorkOff;
  /** Rules by which a run could not go on, with when. */
  readonly #aside = new Map<RunCode, number>();
  #lookedAt = -Infinity;

  constructor(needs: Needs) {
    this.#needs = needs;
    this.#queue = new WorkOff(needs);
  }

  /** Called often; it does a little each time. */
  async look(): Promise<void> {
    const now = this.#needs.clock();
    if (now.getTime() - this.#lookedAt < lookEveryMs) return;
    let isBusy = false;
    const failures = new Failures();
    // A run that can't go on keeps what was put down before from nothing, and the other way round.
    for (const step of [() => this.#goOn(now), () => this.#queue.look()])
      await failures.keep(async () => {
        isBusy = (await step()) || isBusy;
      });
    if (!isBusy) this.#lookedAt = now.getTime();
    failures.raise();
  }

  async #goOn(now: Date): Promise<boolean> {
    const { db } = this.#needs;
    const open = await db.retentionRun.findFirst({
      where: { endedAt: null },
      orderBy: [{ kind: 'asc' }, { askedAt: 'asc' }],
      select: { id: true, number: true },
    });
    const id = open?.id ?? (now.getUTCHours() < nightHour ? null : await beginNight(this.#needs));
    if (id === null) return false;
    for (const [rule, at] of this.#aside)
      if (at <= now.getTime() - asideMs) this.#aside.delete(rule);
    for (let page = 0; page < pagesAtOnce; page += 1)
      if (await this.#page(id, now)) {
        log.info({ run: open?.number ?? id }, 'a run of retention is over');
        break;
      }
    return true;
  }

  async #page(id: string, now: Date): Promise<boolean> {
    try {
      return await advanceRun(this.#needs, id, pageSize, [...this.#aside.keys()]);
    } catch (error) {
      if (error instanceof RuleError) this.#aside.set(error.rule, now.getTime());
      throw error;
    }
  }
}
