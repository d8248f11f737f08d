/** What is to be corrected and what was: by a request, or of a person, and never a value. */
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { rolesOf } from '#lib/persons/roles-of.ts';
import { fieldFor, fieldOf, isFieldName, type FieldName } from '#lib/persons/field-map.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import { supersededBy } from '#lib/persons/superseded.ts';
import type { Context } from '#lib/platform/context.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import type { RequestView } from '../requests/view-request.ts';
import { correctable, labelsOf } from './changes.ts';
import { newestPlan } from './plan-changes.ts';

export type CorrectableField = { name: FieldName; label: string };

export type RectificationView = {
  /** What is to be changed; `fields` are null for who may not look at people, and for what was written early. */
  plan: { commitment: string; seq: number; by: string; at: string; fields: string[] | null } | null;
  /** When it was made so; ISO instant. */
  madeAt: string | null;
  fields: CorrectableField[];
  can: { plan: boolean; read: boolean };
};

/** @returns null for a request that asks for something else, or about nobody yet. */
export async function viewRectification(
  actor: Actor,
  { id, standing, events, you }: Pick<RequestView, 'id' | 'standing' | 'events' | 'you'>,
  { db }: Pick<Context, 'db'>,
): Promise<RectificationView | null> {
  const { person } = standing;
  if (standing.right !== 'rectification' || person === null) return null;
  const [plan, made, roles] = await Promise.all([
    newestPlan(db, { id, events }),
    db.personCorrection.findFirst({ where: { requestId: id }, select: { decidedAt: true } }),
    inSnapshot(db, (tx) => rolesOf(tx, person.id)),
  ]);
  const written = plan && events.find(({ seq }) => seq === plan.seq);
  return {
    plan: plan && {
      commitment: plan.commitment,
      seq: plan.seq,
      by: written?.by ?? '',
      at: written?.at ?? '',
      fields: plannedFields(actor, written),
    },
    madeAt: made?.decidedAt?.toISOString() ?? null,
    fields: correctable(roles).map((name) => ({ name, label: fieldOf(name).label })),
    can: {
      plan: you.work && plannable.has(standing.state),
      read: actor.scopes.has('person:view') && plan?.sealed !== null && plan !== null,
    },
  };
}

const plannable: ReadonlySet<string> = new Set(['received', 'collecting', 'review', 'opinion']);

/**
 * Which fields it is about, by the entry that wrote it down: nothing sealed is opened to show a page. Whoever may look at
 * people sees which fields are held of them without a look, so these as well; a value takes a purpose and a look on record.
 */
const plannedFields = (
  { scopes }: Actor,
  written: RequestView['events'][number] | null | undefined,
): string[] | null =>
  scopes.has('person:view') && written?.kind === 'noted' && written.facts.corrects !== undefined
    ? labelsOf(written.facts.corrects)
    : null;

export type CorrectionLine = {
  id: string;
  fields: string[];
  /** Number of the request; null where it was found here. */
  request: string | null;
  proposedBy: string;
  /** ISO instants. */
  proposedAt: string;
  outcome: 'made' | 'rejected' | 'withdrawn' | null;
  decidedBy: string | null;
  decidedAt: string | null;
  /** What becomes of the earlier values, each rule once. */
  earlier: string[];
  can: { decide: boolean; withdraw: boolean };
};

export type CorrectionsView = {
  lines: CorrectionLine[];
  hasMore: boolean;
  fields: CorrectableField[];
  can: { propose: boolean };
};

const shownMax = 50;

/** What was corrected of a person, newest first, and what waits for a second person. */
export async function viewCorrections(
  actor: Actor,
  personId: string,
  { db }: Pick<Context, 'db'>,
): Promise<Result<CorrectionsView>> {
  const refused = lacksScope(actor, 'person:view');
  if (refused) return refused;
  const [rows, person, roles, nameOf] = await Promise.all([
    db.personCorrection.findMany({
      where: { personId },
      orderBy: [{ proposedAt: 'desc' }, { id: 'asc' }],
      take: shownMax + 1,
      include: { request: { select: { number: true } } },
    }),
    db.person.findUnique({ where: { id: personId }, select: { erasedAt: true } }),
    inSnapshot(db, (tx) => rolesOf(tx, personId)),
    operatorNames(db),
  ]);
  const { scopes, roles: parts } = actor;
  const lines = rows.slice(0, shownMax).map((row): CorrectionLine => {
    const isOpen = row.outcome === null;
    const isTheirs = row.proposedBy === actor.personId;
    return {
      id: row.id,
      fields: labelsOf(row.fields),
      request: row.request?.number ?? null,
      proposedBy: nameOf(row.proposedBy),
      proposedAt: row.proposedAt.toISOString(),
      outcome: row.outcome as CorrectionLine['outcome'],
      decidedBy: row.decidedBy === null ? null : nameOf(row.decidedBy),
      decidedAt: row.decidedAt?.toISOString() ?? null,
      earlier: [
        ...new Set(
          row.fields
            .filter(isFieldName)
            .map((name) => supersededBy(fieldFor(name, roles)).sentence),
        ),
      ],
      can: {
        decide: isOpen && !isTheirs && scopes.has('privacy:approve') && !parts.includes('dpo'),
        withdraw: isOpen && isTheirs && scopes.has('person:write'),
      },
    };
  });
  return ok({
    lines,
    hasMore: rows.length > shownMax,
    fields: correctable(roles).map((name) => ({ name, label: fieldOf(name).label })),
    can: {
      propose:
        scopes.has('person:write') &&
        person?.erasedAt === null &&
        !rows.some(({ outcome }) => outcome === null),
    },
  });
}
