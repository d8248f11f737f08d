/**
 * The worker's look at what stands on record and may be made up: everything is looked at once when it is new or has
 * changed, and again once a day. What does not hold opens an incident, once, and is in the log, which is out of reach
 * for whoever has the database.
 */
import type { Prisma } from '#lib/platform/db/generated/client.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { lockNamed } from '#lib/platform/db/lock-named.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { log } from '#lib/platform/log.ts';
import { openIncident, type NewIncident } from '../open-incident.ts';
import { notYet, type NotYet } from './not-yet.ts';
import { Turns } from './turns.ts';

type Needs = Pick<Context, 'db' | 'clock'>;

/** What is looked for walks over all there is; nobody waits for it in seconds. */
const lookEveryMs = 30_000;
/** After so long what was looked at is looked at again. */
const againAfterMs = 86_400_000;
/** Looked at in one pass; the rest has its turn at the next. */
const atOnce = 20;
/** Failures after which a look ends, so that the worker's other duties do not wait for it. */
const failuresMax = 5;
/** Whoever holds a lock in the database holds up what is written down for so long, not what is found. */
const LOCK_WAIT = '500ms';
/** Kept of one thing; the database takes no more. */
const faultsMax = 500;
/** Remembered as logged; after so many some are logged again. */
const loggedMax = 10_000;

export type FaultFound = {
  /** The same for the same fault, each time it is found; 300 characters at most. */
  key: string;
  /** One line without personal data, 250 characters at most. */
  title: string;
};

export type Checking = {
  subject:
    | 'report'
    | 'pack'
    | 'evidence'
    | 'decision'
    | 'request'
    | 'restriction'
    | 'hold'
    | 'breach'
    | 'retention'
    | 'chain'
    | 'drop';
  /** A query of everything there is: `id`, and `seen`, a number that grows with what happens to it. */
  all: Prisma.Sql;
  /** What does not hold of it. */
  findFaults: (db: Database, id: string) => Promise<readonly FaultFound[]>;
  what: NewIncident['what'];
  /** What the log says of one that does not hold. */
  logged: string;
};

type Due = { id: string; seen: number };

/** Called often; mostly it does nothing. */
export class CheckWatch {
  readonly #needs: Needs;
  readonly #checking: Checking;
  readonly #turns = new Turns();
  readonly #logged = new Set<string>();
  #lookedAt = -Infinity;

  constructor(needs: Needs, checking: Checking) {
    this.#needs = needs;
    this.#checking = checking;
  }

  /** @throws the first failure of a look, once the others have had their turn. */
  async look(): Promise<NotYet | undefined> {
    const { db, clock } = this.#needs;
    const now = clock();
    if (now.getTime() - this.#lookedAt < lookEveryMs) return notYet;
    this.#lookedAt = now.getTime();
    const failures: unknown[] = [];
    for (const due of await this.#due(now)) {
      if (failures.length === failuresMax) break;
      try {
        const faults = await this.#checking.findFaults(db, due.id);
        this.#log(due.id, faults);
        await this.#record(due, faults, now);
        this.#turns.went(due.id);
      } catch (error) {
        this.#turns.failed(due.id, now.getTime());
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
    return undefined;
  }

  /** What is new or has changed, then what was looked at longest ago. */
  async #due(now: Date): Promise<Due[]> {
    const { subject, all } = this.#checking;
    const before = new Date(now.getTime() - againAfterMs);
    const resting = this.#turns.resting(now.getTime());
    return this.#needs.db.$queryRaw<Due[]>`
      select a.id::text as id, a.seen::int as seen from (${all}) a
        left join worker_check c on c.subject = ${subject} and c.id = a.id
        where (c.id is null or c.seen < a.seen or c.checked_at < ${before}) and a.id::text <> all (${resting})
        order by (c.id is null or c.seen < a.seen) desc, c.checked_at, a.id limit ${atOnce}`;
  }

  /** Before anything is written down: whoever holds a lock in the database keeps nothing out of the log. */
  #log(id: string, faults: readonly FaultFound[]): void {
    const { subject, logged } = this.#checking;
    const fresh = faults.map(({ key }) => key).filter((key) => !this.#logged.has(`${id} ${key}`));
    if (fresh.length === 0) return;
    if (this.#logged.size > loggedMax) this.#logged.clear();
    for (const key of fresh) this.#logged.add(`${id} ${key}`);
    log.error({ subject, id, faults: fresh }, logged);
  }

  /** A fault is said once, whichever worker comes first, and however often it is found. */
  async #record({ id, seen }: Due, found: readonly FaultFound[], at: Date): Promise<void> {
    const { subject, what } = this.#checking;
    const faults = found.slice(0, faultsMax);
    await inTransaction(this.#needs.db, async (tx) => {
      await tx.$executeRaw`select set_config('lock_timeout', ${LOCK_WAIT}, true)`;
      await lockNamed(tx, `check of ${subject} ${id}`);
      const known = await tx.workerCheck.findUnique({ where: { subject_id: { subject, id } } });
      const said = known?.faults ?? [];
      const fresh = faults.filter(({ key }) => !said.includes(key));
      const [first] = fresh;
      let incident = known?.incident ?? null;
      if (first && said.length < faultsMax) {
        const title =
          fresh.length === 1 ? first.title : `${first.title}, and ${fresh.length - 1} more`;
        const opened = { what, title, openedBy: 'system', operations: [] };
        incident = await openIncident(tx, opened, at);
      }
      const all = first && said.length < faultsMax ? fresh.map(({ key }) => key) : [];
      const check = {
        seen: Math.max(seen, known?.seen ?? 0),
        checkedAt: known && known.checkedAt > at ? known.checkedAt : at,
        faults: [...said, ...all],
        incident,
      };
      await tx.workerCheck.upsert({
        where: { subject_id: { subject, id } },
        create: { subject, id, ...check },
        update: check,
      });
    });
  }
}
