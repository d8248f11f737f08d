/** Restrictions of a person or of a request: since when, on which ground, what goes on and what waits. */
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import {
  restrictionGrounds,
  ruleOf,
  useGrounds,
  useNames,
  type RestrictionGround,
  type UseGround,
} from '#lib/persons/uses.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { labelsOf } from '../rectification/changes.ts';
import { lacksReading } from '../requests/may-read.ts';
import { loadObjections } from './load-objections.ts';

export type RestrictionView = {
  id: string;
  /** Number of events, by which it is told whether it moved. */
  seq: number;
  person: string;
  request: string;
  /** Labels of the fields; none named means all. */
  fields: string[];
  ground: string;
  article: string;
  /** ISO instants. */
  since: string;
  setBy: string;
  state: 'standing' | 'told' | 'lift-proposed' | 'lifted';
  toldAt: string | null;
  proposedBy: string | null;
  liftedAt: string | null;
  /** It was lifted, and until the worker has found the keys of the lifting it stands. */
  isUnproved: boolean;
  /** What goes on all the same, and on which ground of Article 18(2). */
  goesOn: { label: string; ground: string; why: string }[];
  /** What waits. */
  waits: { label: string; why: string }[];
  can: { tell: boolean; propose: boolean; lift: boolean };
};

export type StopView = { what: string; why: string; at: string; by: string };

export type RestrictionsView = {
  restrictions: RestrictionView[];
  stops: StopView[];
  /** Who looks may stop marketing from the person's page. */
  canStop: boolean;
  hasMore: boolean;
};

const shownMax = 50;

/** @param about whose, or set by which request. */
export async function viewRestrictions(
  actor: Actor,
  about: { personId: string } | { requestId: string },
  { db }: Pick<Context, 'db'>,
): Promise<Result<RestrictionsView>> {
  const refused = 'personId' in about ? lacksScope(actor, 'person:view') : lacksReading(actor);
  if (refused) return refused;
  const [rows, stops, objections, nameOf] = await Promise.all([
    db.personRestriction.findMany({
      where: about,
      orderBy: [{ since: 'desc' }, { id: 'asc' }],
      take: shownMax + 1,
      include: { request: { select: { number: true } } },
    }),
    db.personStop.findMany({ where: about, orderBy: { at: 'desc' }, take: shownMax }),
    loadObjections(db, about),
    operatorNames(db),
  ]);
  const proved = await provedLiftings(
    db,
    rows.map(({ id }) => id),
  );
  return ok({
    restrictions: rows.slice(0, shownMax).map(({ request, ...row }) => {
      const ground = restrictionGrounds[row.ground as RestrictionGround];
      return {
        id: row.id,
        seq: row.seq,
        person: row.personId,
        request: request.number,
        fields: labelsOf(row.fields),
        ground: ground.name,
        article: ground.article,
        since: row.since.toISOString(),
        setBy: nameOf(row.setBy),
        state: row.state as RestrictionView['state'],
        toldAt: row.toldAt?.toISOString() ?? null,
        proposedBy: row.proposedBy === null ? null : nameOf(row.proposedBy),
        liftedAt: row.liftedAt?.toISOString() ?? null,
        isUnproved: row.liftedAt !== null && !proved.has(row.id),
        ...usesUnder(row.allows as UseGround[]),
        can: canDo(actor, row),
      };
    }),
    stops: [
      ...objections.map(({ number, activity, purpose, since, by }) => ({
        what: `${purpose} (${number}, ${activity})`,
        why: 'They objected, with reason (Art 21(1))',
        at: since.toISOString(),
        by: nameOf(by),
      })),
      ...stops.map(({ what, why, at, by }) => ({
        what: stopWords[what] ?? what,
        why: whyWords[why] ?? why,
        at: at.toISOString(),
        by: nameOf(by),
      })),
    ],
    canStop: actor.scopes.has('person:write'),
    hasMore: rows.length > shownMax,
  });
}

/** Those of the restrictions that stand no more. */
async function provedLiftings(
  db: Context['db'],
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await db.privacyLiftingProof.findMany({
    where: { what: 'restriction', subject: { in: [...ids] } },
    select: { subject: true },
    take: ids.length,
  });
  return new Set(rows.map(({ subject }) => subject));
}

const stopWords: Readonly<Record<string, string>> = {
  marketing: 'Telling them about services',
  interest: 'What rests on our legitimate interest',
};
const whyWords: Readonly<Record<string, string>> = {
  withdrawn: 'They took their consent back (Art 7(3))',
  objected: 'They objected (Art 21)',
};

/** What goes on and what waits while only these grounds are allowed. Pure. */
export function usesUnder(allows: readonly UseGround[]): Pick<RestrictionView, 'goesOn' | 'waits'> {
  const goesOn: RestrictionView['goesOn'] = [];
  const waits: RestrictionView['waits'] = [];
  for (const use of useNames) {
    const { label, ground, why } = ruleOf(use);
    if (ground === 'storage') goesOn.push({ label, ground: 'Storage', why });
    else if (ground !== null && allows.includes(ground))
      goesOn.push({ label, ground: useGrounds[ground], why });
    else
      waits.push({
        label,
        why: ground === null ? why : 'This restriction leaves no ground for it.',
      });
  }
  return { goesOn, waits };
}

function canDo(
  { scopes, roles, personId }: Actor,
  { state, proposedBy }: { state: string; proposedBy: string | null },
): RestrictionView['can'] {
  const decides = !roles.includes('dpo');
  return {
    tell: state === 'standing' && scopes.has('privacy:work'),
    propose: state === 'told' && decides && scopes.has('privacy:decide'),
    lift:
      state === 'lift-proposed' &&
      decides &&
      scopes.has('privacy:approve') &&
      proposedBy !== personId,
  };
}
