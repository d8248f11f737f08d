/**
 * Works off what runs put down: each is looked at once more, then goes, or is left with the reason. What is known of
 * people goes by the way of every erasure; files of requests and breaches and reasons of holds by their own keys.
 */
import { DataKeysError, isHeldBack } from '#lib/platform/data-keys/data-keys.ts';
import type { Context } from '#lib/platform/context.ts';
import { Failures } from '#lib/platform/failures.ts';
import { log } from '#lib/platform/log.ts';
import { beginPerson } from './begin-person.ts';
import { eraseFile, type QueuedFile } from './erase-files.ts';
import { fileCodes, type FileCode } from '../schedule.ts';

type Needs = Pick<Context, 'db' | 'clock'>;

const hourMs = 3_600_000;
/** The key service destroys 500 keys an hour for one caller; erasures that people asked for need some. */
const filesAnHour = 200;
const atOnce = 10;
/** What could not go is tried again after so long, and keeps nothing waiting until then. */
const asideMs = 3_600_000;
/** So many that could not go are remembered; past it they are tried anew. */
const asideMax = 1_000;

export class WorkOff {
  readonly #needs: Needs;
  /** When keys were destroyed within the last hour. */
  #destroyed: number[] = [];
  /** What could not go, by its number or id, with when it was tried. */
  readonly #aside = new Map<string, number>();

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /**
   * @returns whether there may be more to do at once.
   * @throws what the first that could not go failed of, once the others were looked at.
   */
  async look(): Promise<boolean> {
    const now = this.#needs.clock().getTime();
    for (const [subject, at] of this.#aside) if (at <= now - asideMs) this.#aside.delete(subject);
    const failures = new Failures();
    let isMore = false;
    for (const step of [() => this.#files(failures), () => this.#people(failures)])
      await failures.keep(async () => {
        isMore = (await step()) || isMore;
      });
    failures.raise();
    return isMore;
  }

  /** What can't go is put aside, so that it keeps none of those behind it waiting. */
  async #try(subject: string, failures: Failures, step: () => Promise<unknown>): Promise<void> {
    if (await failures.keep(step)) return;
    if (this.#aside.size >= asideMax) this.#aside.clear();
    this.#aside.set(subject, this.#needs.clock().getTime());
    log.error({ subject }, 'what is due can’t go: look at it');
  }

  /** People are handed over; what destroys their keys has a pace of its own. */
  async #people(failures: Failures): Promise<boolean> {
    const { db } = this.#needs;
    const rows = await db.$queryRaw<{ subject: string }[]>`
      select i.subject from retention_item i
      where i.state = 'due' and i.rule <> all (${[...fileCodes]})
        and i.subject <> all (${[...this.#aside.keys()]}::text[])
        and not exists (select from person_erasure e where e.person_id = i.subject
          and e.state not in ('proved', 'left'))
      group by i.subject order by min(i.queued_at), i.subject limit ${atOnce}`;
    for (const { subject } of rows)
      await this.#try(subject, failures, () => beginPerson(this.#needs, subject));
    return rows.length === atOnce;
  }

  async #files(failures: Failures): Promise<boolean> {
    const { db, clock } = this.#needs;
    const now = clock().getTime();
    this.#destroyed = this.#destroyed.filter((at) => at > now - hourMs);
    const most = Math.min(atOnce, filesAnHour - this.#destroyed.length);
    if (most <= 0) return false;
    const items = await db.retentionItem.findMany({
      where: {
        state: { in: ['due', 'begun'] },
        rule: { in: [...fileCodes] },
        subject: { notIn: [...this.#aside.keys()] },
      },
      orderBy: [{ state: 'asc' }, { queuedAt: 'asc' }],
      select: { runId: true, rule: true, subject: true },
      take: most,
    });
    for (const { runId, rule, subject } of items) {
      const item = { runId, subject, rule: rule as FileCode };
      let isServed = true;
      await this.#try(subject, failures, async () => {
        isServed = await this.#erase(item, now);
      });
      if (!isServed) return false;
    }
    return items.length === most;
  }

  /** @returns false where the key service does no more for now; what is begun goes on later. */
  async #erase(item: QueuedFile, now: number) {
    try {
      if (await eraseFile(this.#needs, item)) this.#destroyed.push(now);
      return true;
    } catch (error) {
      if (!(error instanceof DataKeysError)) throw error;
      if (error.fault !== 'unavailable' && !isHeldBack(error)) throw error;
      log.warn({ subject: item.subject, fault: error.fault }, 'what is due waits for the keys');
      return false;
    }
  }
}
