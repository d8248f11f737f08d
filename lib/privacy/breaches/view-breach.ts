import type { Actor } from '#lib/identity/actor.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { lacksReading, mayReadContents } from '../requests/may-read.ts';
import { loadSeat } from '../requests/load-seat.ts';
import { breachUnknown } from './act-on-breach.ts';
import { breachClock, type BreachClock } from './clock.ts';
import { missingContents, type Content } from './completeness.ts';
import { breachNumber, type BreachEvent } from './event.ts';
import type { BreachStanding } from './fold.ts';
import { breachWords, mayFollow, type BreachEventKind } from './life.ts';
import { loadBreach, type BreachErasure } from './load-breach.ts';
import { loadContact } from './load-contact.ts';
import { findRisk, type RiskFound } from './risk.ts';
import { arePersonsSettled, isAuthoritySettled } from './rules.ts';

export type LinkedIncident = {
  id: string;
  number: string;
  state: string;
  /** Its next end, of whichever clock; ISO instant. */
  dueAt: string | null;
};
export type BreachView = {
  id: string;
  number: string;
  seq: number;
  standing: BreachStanding;
  clock: BreachClock;
  /** What the rule said of the factors that were recorded. */
  found: RiskFound | null;
  /** What of Art 33(3) is not on record. */
  missing: Content[];
  isAuthoritySettled: boolean;
  arePersonsSettled: boolean;
  events: readonly (BreachEvent & { by: string })[];
  incidents: LinkedIncident[];
  /** Record of who told us, where it was a processor. */
  processor: { number: string; kind: string; id: string } | null;
  /** That texts and the list of persons went by the rule of retention; null while they are kept. */
  erasure: BreachErasure | null;
  /** What may happen next by the order of steps; who may is for each use case. */
  may: BreachEventKind[];
  can: {
    /** What people wrote. */
    read: boolean;
    work: boolean;
    sign: boolean;
    /** Another one than who proposed it. */
    second: boolean;
    /** Another one than who decided that an exception holds. */
    agree: boolean;
    seePersons: boolean;
    linkIncident: boolean;
    /** The data protection officer alone. */
    takeOff: boolean;
  };
  serverNow: string;
};

/** All of a breach but its texts and the list of persons, which are opened on their own. @param number as addresses have it. */
export async function viewBreach(
  actor: Actor,
  number: string,
  { db, clock }: Pick<Context, 'db' | 'clock'>,
): Promise<Result<BreachView>> {
  const refused = lacksReading(actor);
  if (refused) return refused;
  if (!breachNumber.safeParse(number).success) return breachUnknown();
  const names = await operatorNames(db);
  const nameOf = (person: string): string => (person === 'system' ? 'The system' : names(person));
  const now = clock();
  const sign = actor.scopes.has('privacy:approve') && !actor.roles.includes('dpo');
  return inSnapshot(db, async (tx) => {
    const row = await tx.privacyBreach.findUnique({ where: { number }, select: { id: true } });
    const file = row && (await loadBreach(tx, row.id));
    if (!file) return breachUnknown();
    const { id, seq, standing, events, erasure } = file;
    const zone = (await loadSeat(tx, now))?.zone ?? 'UTC';
    return ok({
      id,
      number,
      seq,
      standing,
      clock: breachClock(standing, now, zone),
      found: standing.assessment && findRisk(standing.assessment.factors),
      missing: missingContents(standing, (await loadContact(tx)) !== null),
      isAuthoritySettled: isAuthoritySettled(standing),
      arePersonsSettled: arePersonsSettled(standing),
      events: events.map((event) => ({ ...event, by: nameOf(event.actor) })),
      incidents: await incidentsOf(tx, number),
      processor: await processorOf(tx, standing.opening.processor?.number ?? null),
      erasure,
      may: (Object.keys(breachWords) as BreachEventKind[]).filter(
        (kind) => erasure === null && mayFollow(standing.state, kind),
      ),
      can: {
        read: mayReadContents(actor),
        work: actor.scopes.has('privacy:work'),
        sign,
        second: sign && (standing.dismissal ?? standing.proposal)?.by !== actor.personId,
        agree: sign && standing.decision?.by !== actor.personId,
        seePersons: actor.scopes.has('person:view'),
        takeOff: actor.scopes.has('privacy:work') && actor.roles.includes('dpo'),
        linkIncident: actor.scopes.has('privacy:work') && actor.scopes.has('incident:work'),
      },
      serverNow: now.toISOString(),
    });
  });
}

const incidentsMax = 50;

async function incidentsOf(tx: Tx, number: string): Promise<LinkedIncident[]> {
  const rows = await tx.$queryRaw<(Omit<LinkedIncident, 'dueAt'> & { dueAt: Date | null })[]>`
    select s.incident_id::text as id, s.number, s.state, (select min(c.due_at) from incident_clock c
        where c.incident_id = s.incident_id and c.state = 'running') as "dueAt"
      from incident_link l join incident_standing s on s.incident_id = l.incident_id
      where l.kind = 'breach' and l.ref = ${number} order by s.number limit ${incidentsMax}`;
  return rows.map((row) => ({ ...row, dueAt: row.dueAt?.toISOString() ?? null }));
}

async function processorOf(tx: Tx, number: string | null): Promise<BreachView['processor']> {
  if (number === null) return null;
  const [row] = await tx.$queryRaw<NonNullable<BreachView['processor']>[]>`
    select number, kind, id::text as id from resilience_record where number = ${number} limit 1`;
  return row ?? null;
}
