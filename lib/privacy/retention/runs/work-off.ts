/**
 * Works off what runs put down: each is looked at once more, then goes, or is left with the reason. What is known of
 * people goes by the way of every erasure; files of requests and breaches and reasons of holds by their own keys.
 */
import { DataKeysError } from '#lib/platform/data-keys/data-keys.ts';
import type { Context } from '#lib/platform/context.ts';
import { log } from '#lib/platform/log.ts';
import { beginPerson } from './begin-person.ts';
import { eraseFile, type QueuedFile } from './erase-files.ts';
import { fileCodes, type FileCode } from '../schedule.ts';

type Needs = Pick<Context, 'db' | 'clock'>;

const hourMs = 3_600_000;
/** The key service destroys 500 keys an hour for one caller; erasures that people asked for need some. */
const filesAnHour = 200;
const atOnce = 10;

export class WorkOff {
  readonly #needs: Needs;
  /** When keys were destroyed within the last hour. */
  #destroyed: number[] = [];

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** @returns whether there may be more to do at once. */
  async look(): Promise<boolean> {
    const files = await this.#files();
    const people = await this.#people();
    return files || people;
  }

  /** People are handed over; what destroys their keys has a pace of its own. */
  async #people(): Promise<boolean> {
    const { db } = this.#needs;
    const rows = await db.$queryRaw<{ subject: string }[]>`
      select i.subject from retention_item i
      where i.state = 'due' and i.rule <> all (${[...fileCodes]})
        and not exists (select from person_erasure e where e.person_id = i.subject
          and e.state not in ('proved', 'left'))
      group by i.subject order by min(i.queued_at), i.subject limit ${atOnce}`;
    for (const { subject } of rows) await beginPerson(this.#needs, subject);
    return rows.length === atOnce;
  }

  async #files(): Promise<boolean> {
    const { db, clock } = this.#needs;
    const now = clock().getTime();
    this.#destroyed = this.#destroyed.filter((at) => at > now - hourMs);
    const most = Math.min(atOnce, filesAnHour - this.#destroyed.length);
    if (most <= 0) return false;
    const items = await db.retentionItem.findMany({
      where: { state: { in: ['due', 'begun'] }, rule: { in: [...fileCodes] } },
      orderBy: [{ state: 'asc' }, { queuedAt: 'asc' }],
      select: { runId: true, rule: true, subject: true },
      take: most,
    });
    for (const { runId, rule, subject } of items) {
      const item = { runId, subject, rule: rule as FileCode };
      if (!(await this.#erase(item, now))) return false;
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
      if (error.fault !== 'unavailable' && error.fault !== 'too-much') throw error;
      log.warn({ subject: item.subject, fault: error.fault }, 'what is due waits for the keys');
      return false;
    }
  }
}
