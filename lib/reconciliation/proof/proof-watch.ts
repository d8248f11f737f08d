/** The worker's look at what people are said to have signed: each is verified, once. */
import { appendAudit } from '#lib/audit/append-entry.ts';
import type { AuditKind } from '#lib/audit/kinds.ts';
import { openIncident, type NewIncident } from '#lib/operations/open-incident.ts';
import { notYet, type NotYet } from '#lib/operations/worker/not-yet.ts';
import { Turns } from '#lib/operations/worker/turns.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction, sqlStateOf, type Tx } from '#lib/platform/db/transaction.ts';
import { log } from '#lib/platform/log.ts';
import { WhoCounted } from './who-counted.ts';

type Needs = Pick<Context, 'db' | 'clock'>;

const lookEveryMs = 5_000;
/** Verified in one look; the rest has its turn at the next. */
const atOnce = 50;
/** Failures after which a look ends, so that the worker's other duties do not wait for it. */
const failuresMax = 5;
/** Whoever holds a lock in the database holds up what is written down for so long, not what is found. */
const LOCK_WAIT = '500ms';
const UNIQUE_VIOLATION = '23505';

export type Check = { checkedAt: Date; fault: string | null; incident: string | null };

/** What is verified, and what is written down about it. */
export type Proving<Row, Fault extends string> = {
  /** Those that nobody verified yet, the oldest first. @param asked.resting ids that are left out. */
  unchecked: (db: Database, asked: { resting: string[]; take: number }) => Promise<Row[]>;
  idOf: (row: Row) => string;
  findFault: (row: Row, by: { db: Database; counted: WhoCounted }) => Promise<Fault | null>;
  /** Number by which people know it. */
  subjectOf: (row: Row) => string;
  /** What the log says of one that is not proved. */
  logged: string;
  incident: { what: NewIncident['what']; title: (row: Row, fault: Fault) => string };
  /** Throws a unique violation where another worker was first. */
  keep: (tx: Tx, row: Row, check: Check) => Promise<unknown>;
  audit: { kind: AuditKind; facts: (row: Row) => Record<string, string> };
  /** Whose pages are read again. */
  told: (row: Row) => { topic: 'ledger' | 'reconciliation'; id: string };
};

/** Called often; mostly it does nothing. What is not proved opens an incident. */
export class ProofWatch<Row, Fault extends string> {
  readonly #needs: Needs;
  readonly #proving: Proving<Row, Fault>;
  readonly #turns = new Turns();
  #lookedAt = -Infinity;

  constructor(needs: Needs, proving: Proving<Row, Fault>) {
    this.#needs = needs;
    this.#proving = proving;
  }

  /** @throws the first failure of a look, once the others have had their turn. */
  async look(): Promise<NotYet | undefined> {
    const { db, clock } = this.#needs;
    const { unchecked, idOf, findFault, subjectOf, logged } = this.#proving;
    const now = clock().getTime();
    if (now - this.#lookedAt < lookEveryMs) return notYet;
    this.#lookedAt = now;
    const counted = new WhoCounted(db);
    const rows = await unchecked(db, { resting: this.#turns.resting(now), take: atOnce });
    const failures: unknown[] = [];
    for (const row of rows) {
      if (failures.length === failuresMax) break;
      try {
        const fault = await findFault(row, { db, counted });
        // The log is out of reach for whoever has the database.
        if (fault) log.error({ subject: subjectOf(row), fault }, logged);
        await this.#record(row, fault);
        this.#turns.went(idOf(row));
      } catch (error) {
        this.#turns.failed(idOf(row), now);
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
    return undefined;
  }

  /** Once, whichever worker comes first: the row's key decides, and takes the other's incident back with it. */
  async #record(row: Row, fault: Fault | null): Promise<void> {
    const { subjectOf, keep, audit, incident: opened, told } = this.#proving;
    const at = this.#needs.clock();
    const recording = inTransaction(this.#needs.db, async (tx) => {
      await tx.$executeRaw`select set_config('lock_timeout', ${LOCK_WAIT}, true)`;
      const incident =
        fault &&
        (await openIncident(
          tx,
          {
            what: opened.what,
            title: opened.title(row, fault),
            openedBy: 'system',
            operations: [],
          },
          at,
        ));
      await keep(tx, row, { checkedAt: at, fault, incident });
      await appendAudit(tx, {
        kind: audit.kind,
        subject: subjectOf(row),
        actor: 'worker',
        at,
        facts: { ...audit.facts(row), fault, incident },
      });
      await publish(tx, told(row));
    });
    await recording.catch((error: unknown) => {
      if (sqlStateOf(error) !== UNIQUE_VIOLATION) throw error;
    });
  }
}
