/** The access review: every grant of every person, with its use and who said last that it stays. */
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Refused, type Result } from '#lib/platform/result.ts';
import type { Roster } from '#lib/protocol/roster.ts';
import { loadRoster } from '../trust.ts';
import {
  dormantAfterDays,
  grantsOf,
  grantState,
  quarterStart,
  recordedGrants,
  type Grant,
  type GrantRecords,
  type GrantState,
} from './grants.ts';
import { findGrantEnded } from './grant-ended.ts';
import { loadGrantRecords } from './grant-records.ts';

export type AccessLine = {
  person: string;
  name: string;
  grants: (Grant & { state: GrantState })[];
  /** The worst of its grants; people sort by it. */
  state: GrantState;
  /** The newest review of whatever was granted then. */
  lastReview: { at: string; by: string } | null;
  /** True when what is granted now was looked at in this quarter. */
  isReviewed: boolean;
  keep: { allowed: true } | { allowed: false; sentence: string };
};

export type AccessView = {
  rosterVersion: number;
  dormantAfterDays: number;
  /** ISO day on which the quarter began. */
  quarterFrom: string;
  reviewed: number;
  lines: AccessLine[];
  canRemove: boolean;
};

const order: Readonly<Record<GrantState, number>> = { dormant: 0, expired: 1, 'in-use': 2 };

/** Why an actor can't say that somebody's access stays; null when they can. */
export function findKeepRefusal(actor: Actor, person: string): Refused | null {
  const refused = lacksScope(actor, 'operator:stop');
  if (refused) return refuse('not-allowed', 'An officer or an administrator reviews access.');
  if (actor.personId === person)
    return refuse('own-access', 'Somebody else reviews your own access.');
  return null;
}

/** Dormant first, then expired, then the rest; those without a review before the others; then by name. */
export async function viewAccess(actor: Actor, context: Context): Promise<Result<AccessView>> {
  const refused = lacksScope(actor, 'operator:read');
  if (refused) return refused;
  const now = context.clock();
  const roster = await loadRoster(context.db);
  const from = quarterStart(now);
  const base = { dormantAfterDays, quarterFrom: from.toISOString() };
  const canRemove = actor.scopes.has('roster:raise');
  if (!roster) return ok({ ...base, canRemove, rosterVersion: 0, reviewed: 0, lines: [] });
  const people = roster.people.map(({ id }) => id);
  const [nameOf, reviews] = await Promise.all([
    operatorNames(context.db),
    newestReviews(context.db, people),
  ]);
  const records = await loadGrantRecords(context.db, people, nameOf);
  const ended = findGrantEnded(roster, actor.personId, now);
  const lines = roster.people.map((person): AccessLine => {
    const grants = grantsOf(roster, person, records).map((grant) => ({
      ...grant,
      state: grantState(grant, now),
    }));
    const review = reviews.get(person.id);
    const no = findKeepRefusal(actor, person.id) ?? ended;
    return {
      person: person.id,
      name: nameOf(person.id),
      grants,
      state:
        grants.map(({ state }) => state).toSorted((a, b) => order[a] - order[b])[0] ?? 'in-use',
      lastReview: review ? { at: review.at.toISOString(), by: nameOf(review.by) } : null,
      isReviewed:
        review !== undefined &&
        review.at >= from &&
        JSON.stringify(review.grants) === JSON.stringify(recordedGrants(grants)),
      keep: no ? { allowed: false, sentence: no.refusal.sentence } : { allowed: true },
    };
  });
  return ok({
    ...base,
    canRemove,
    rosterVersion: roster.version,
    reviewed: lines.filter(({ isReviewed }) => isReviewed).length,
    lines: lines.toSorted(
      (a, b) =>
        order[a.state] - order[b.state] ||
        Number(a.isReviewed) - Number(b.isReviewed) ||
        a.name.localeCompare(b.name, 'en', { numeric: true }) ||
        (a.person < b.person ? -1 : 1),
    ),
  });
}

/** The newest review of each person, found by one look into the index for each. */
async function newestReviews(
  db: Database,
  people: readonly string[],
): Promise<ReadonlyMap<string, { at: Date; by: string; grants: unknown }>> {
  const rows = await db.$queryRaw<{ person: string; at: Date; by: string; grants: unknown }[]>`
    SELECT p.person, r.reviewed_at AS at, r.reviewed_by AS by, r.grants
    FROM unnest(${people}::text[]) AS p(person)
    CROSS JOIN LATERAL (
      SELECT reviewed_at, reviewed_by, grants FROM access_review WHERE operator_id = p.person
      ORDER BY reviewed_at DESC LIMIT 1) r`;
  return new Map(rows.map(({ person, ...review }) => [person, review]));
}

/** What a person is granted by a roster, as a review records it; null for somebody not in it. */
export async function grantsInForce(
  db: Database | Tx,
  roster: Roster,
  id: string,
  nameOf: GrantRecords['nameOf'],
): Promise<string[] | null> {
  const person = roster.people.find((one) => one.id === id);
  if (!person) return null;
  return recordedGrants(grantsOf(roster, person, await loadGrantRecords(db, [id], nameOf)));
}
