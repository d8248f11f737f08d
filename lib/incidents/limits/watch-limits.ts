/**
 * The worker's look at open incidents: time limits are written down when they change, people are warned before one
 * ends, and a level higher is called when nobody answers or one is over.
 */
import { Turns } from '#lib/operations/worker/turns.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { log } from '#lib/platform/log.ts';
import type { Clock } from '../clocks.ts';
import { lastAt } from '../desk/act-on-incident.ts';
import { appendEvent } from '../desk/append-event.ts';
import { warnedKey } from '../desk/fold.ts';
import { lockIncident, type IncidentFile } from '../desk/load-incident.ts';
import { loadProfile, type EntityProfile } from '../entity/load-profile.ts';
import { dueEscalation } from '../on-call/escalation-rules.ts';
import { whoIsOnCall } from '../on-call/who-is-on-call.ts';
import { loadBreachOf } from './breach-of.ts';
import { readClocks } from './clocks-of.ts';
import { writeDeadlines } from './write-deadlines.ts';

type Needs = Pick<Context, 'db' | 'clock'>;

/** How often an incident is looked at whose file did not change: warnings and escalations come by time alone. */
const everyMs = 15_000;
/**
 * Looked at in one pass of each: those with the nearest limit, the newest, and those that wait for a look the longest.
 * However many of one there are, the others have their turn.
 */
const ofEach = 35;
/** Read at once; all of them are read in every pass. */
const pageSize = 2_000;

type Row = { id: string; seq: number; openedAt: Date; dueAt: Date | null };
type Seen = { at: number; seq: number; entity: number };

export class LimitWatch {
  readonly #needs: Needs;
  readonly #turns = new Turns();
  /** When each was looked at, and at which event its file stood. */
  readonly #seen = new Map<string, Seen>();

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** Called often. @throws the first failure of a look, once the others had their turn. */
  async look(): Promise<void> {
    const { db, clock } = this.#needs;
    const now = clock();
    const profile = await loadProfile(db);
    const entity = profile?.version ?? 0;
    const rows = await readWatched(db);
    this.#forget(rows);
    const due = rows.filter(({ id, seq }) => {
      const seen = this.#seen.get(id);
      return (
        !seen || seen.seq !== seq || seen.entity !== entity || now.getTime() - seen.at >= everyMs
      );
    });
    const turns = pick(
      this.#turns.order(due, (row) => row.id, now.getTime()),
      this.#seen,
    );
    if (due.length > turns.size)
      log.warn({ waiting: due.length - turns.size }, 'more time limits than one look takes');
    const failures: unknown[] = [];
    for (const { id } of turns) {
      try {
        const { seq, fault } = await inTransaction(db, (tx) => lookAt(tx, id, profile, clock()));
        if (fault !== null && this.#seen.get(id)?.seq !== seq)
          log.error({ incident: id, fault }, 'time limits can’t be computed');
        this.#seen.set(id, { at: now.getTime(), seq, entity });
        this.#turns.went(id);
      } catch (error) {
        this.#turns.failed(id, now.getTime());
        failures.push(error);
        log.error({ err: error, incident: id }, 'time limits can’t be looked at');
      }
    }
    if (failures.length > 0) throw failures[0];
  }

  #forget(rows: readonly Row[]): void {
    const there = new Set(rows.map(({ id }) => id));
    for (const id of this.#seen.keys()) if (!there.has(id)) this.#seen.delete(id);
  }
}

/** Every open incident and every one with a limit that runs, a page at a time. */
async function readWatched(db: Database): Promise<Row[]> {
  const all: Row[] = [];
  for (let last: string | null = null; ; last = all.at(-1)?.id ?? null) {
    const page: Row[] = await db.$queryRaw<Row[]>`
      select incident_id as id, seq, opened_at as "openedAt", due as "dueAt"
        from incident_standing left join lateral (
          select true as runs, min(c.due_at) as due from incident_clock c
            where c.incident_id = incident_standing.incident_id and c.state = 'running' having count(*) > 0) limits on true
        where sort = 'incident' and (state in ('new', 'working') or runs)
          and (${last}::uuid is null or incident_id > ${last}::uuid)
        order by incident_id limit ${pageSize}`;
    all.push(...page);
    if (page.length < pageSize) return all;
  }
}

/** Whose turn it is. */
function pick(due: readonly Row[], seen: ReadonlyMap<string, Seen>): Set<Row> {
  const dueAt = ({ dueAt: at }: Row): number => at?.getTime() ?? Infinity;
  const openedAt = (row: Row): number => row.openedAt.getTime();
  const lookedAt = ({ id }: Row): number => seen.get(id)?.at ?? 0;
  const oldest = due.toSorted((one, other) => openedAt(one) - openedAt(other));
  return new Set(
    [
      oldest
        .filter((row) => row.dueAt !== null)
        .toSorted((one, other) => dueAt(one) - dueAt(other)),
      oldest.toReversed(),
      oldest.toSorted((one, other) => lookedAt(one) - lookedAt(other)),
    ].flatMap((rows) => rows.slice(0, ofEach)),
  );
}

/** @returns number of the last event of the file afterwards, and why its limits can't be computed. */
async function lookAt(
  tx: Tx,
  id: string,
  profile: EntityProfile | null,
  now: Date,
): Promise<{ seq: number; fault: string | null }> {
  const file = await lockIncident(tx, id);
  if (!file) return { seq: 0, fault: null };
  const breach = await loadBreachOf(tx, file.standing);
  const { clocks, fault } = readClocks(file, profile, now, breach);
  const at = new Date(Math.max(now.getTime(), lastAt(file)));
  // What was computed before stays until it can be computed again; people are called all the same.
  if (fault !== null) return { seq: await escalate(tx, file, [], at), fault };
  await writeDeadlines(tx, id, clocks, now);
  const warned = await warn(tx, file, clocks, at);
  return { seq: await escalate(tx, { ...file, seq: warned }, clocks, at), fault };
}

const isOpen = ({ standing }: IncidentFile): boolean =>
  standing.state === 'new' || standing.state === 'working';

async function warn(
  tx: Tx,
  file: IncidentFile,
  clocks: readonly Clock[],
  at: Date,
): Promise<number> {
  let { seq } = file;
  if (!isOpen(file)) return seq;
  for (const { id: clock, due, warnings } of clocks) {
    // Of several that passed while nobody looked, the last one says it all.
    const passed = warnings.filter((warning) => Date.parse(warning.at) <= at.getTime()).at(-1);
    if (!passed || due === null) continue;
    const facts = { clock, percent: passed.percent, dueAt: due };
    if (file.standing.warned.has(warnedKey(facts))) continue;
    seq = await appendEvent(tx, { ...file, seq }, { kind: 'warned', by: 'system', at, facts });
  }
  return seq;
}

async function escalate(
  tx: Tx,
  file: IncidentFile,
  clocks: readonly Clock[],
  at: Date,
): Promise<number> {
  const shares = clocks.flatMap(({ standing, share }) =>
    standing === 'running' && share !== null ? [share] : [],
  );
  const rule = dueEscalation(file.standing, {
    openedAt: new Date(file.events[0]?.at ?? file.openedAt),
    usedPercent: shares.length === 0 ? null : Math.floor(Math.max(...shares) * 100),
    now: at,
  });
  if (!rule) return file.seq;
  const to = await whoIsOnCall(tx, rule.level, at);
  return appendEvent(tx, file, {
    kind: 'escalated',
    by: 'system',
    at,
    facts: { level: rule.level, rule: rule.id, to },
  });
}
