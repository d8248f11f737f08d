/** A person as the console may show them to anybody with a reason: what is held and why, and nothing of it. */
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import {
  categories,
  fieldFor,
  fieldNames,
  isFieldName,
  legalBases,
  purposes,
  type FieldName,
  type PersonRole,
} from '#lib/persons/field-map.ts';
import { takenBackUntil } from '#lib/persons/end-of-tie.ts';
import { anyPersonId } from '#lib/persons/ids.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import { sourceLabel } from '#lib/persons/value-sources.ts';
import { retentionRules } from '#lib/persons/retention-rules.ts';
import { isUse, uses } from '#lib/persons/uses.ts';
import type { Context } from '#lib/platform/context.ts';
import { dayOf } from '#lib/platform/days.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { findBlockers, freeOn, type Blocker } from '../erasure/blockers.ts';
import { loadErasureFacts } from '../erasure/load-facts.ts';
import type { LookPurposeName } from './look-purposes.ts';
import { purposesOf } from './purpose-fault.ts';

export type HeldField = {
  field: FieldName;
  label: string;
  category: string;
  purposes: string[];
  basis: string;
  recipients: readonly string[];
  until: string;
  law: string;
  /** From where it is, in words. */
  source: string;
  version: number;
  /** ISO instant. */
  recordedAt: string;
  recordedBy: string;
  withheld: boolean;
};

export type LookView = {
  by: string;
  purpose: string;
  reference: string | null;
  /** ISO instant. */
  at: string;
};

export type PersonFileView = {
  person: string;
  isOperator: boolean;
  /** ISO instants. */
  createdAt: string;
  erasedAt: string | null;
  ties: {
    client: string;
    role: string;
    since: string;
    until: string | null;
    /** ISO day from which its end counts, as long as the end can be taken back. */
    takenBackUntil: string | null;
    /** Name of who confirmed it on this page. */
    confirmer: string | null;
    /** Whether who looks may confirm it. */
    isConfirmable: boolean;
  }[];
  held: HeldField[];
  looks: LookView[];
  hasMoreLooks: boolean;
  /** What stands against erasing them now, and the first day on which nothing will; null once erased. */
  erasure: { blockers: Blocker[]; freeOn: string | null } | null;
  /** What who looks may open it for. */
  purposes: LookPurposeName[];
  can: { open: boolean; write: boolean };
};

const looksShown = 50;
const tiesMax = 200;

export async function viewPersonFile(
  actor: Actor,
  id: string,
  context: Context,
): Promise<Result<PersonFileView, string>> {
  const refused = lacksScope(actor, 'person:view');
  if (refused) return refused;
  const known = anyPersonId.safeParse(id);
  const { db } = context;
  const row = known.success
    ? await db.person.findUnique({
        where: { id: known.data },
        include: {
          ties: {
            // What goes on first, so that it is never what is left out.
            orderBy: [
              { until: { sort: 'desc', nulls: 'first' } },
              { since: 'asc' },
              { clientId: 'asc' },
            ],
            take: tiesMax,
          },
        },
      })
    : null;
  if (!row) return refuse('person-unknown', 'There is no such person here.');
  const [operator, values, looks, nameOf] = await Promise.all([
    db.operator.findUnique({ where: { id: row.id }, select: { id: true } }),
    db.personValue.findMany({
      where: { personId: row.id },
      distinct: ['field'],
      orderBy: [{ field: 'asc' }, { version: 'desc' }],
      select: {
        field: true,
        version: true,
        source: true,
        recordedAt: true,
        recordedBy: true,
      },
    }),
    db.personLook.findMany({
      where: { personId: row.id },
      orderBy: { id: 'desc' },
      take: looksShown + 1,
    }),
    operatorNames(db),
  ]);
  const roles: PersonRole[] = [
    ...row.ties.map(({ role }) => role as PersonRole),
    ...(operator ? (['operator'] as const) : []),
  ];
  const mayTell = actor.scopes.has('suspicion:read');
  return ok({
    person: row.id,
    isOperator: operator !== null,
    createdAt: row.createdAt.toISOString(),
    erasedAt: row.erasedAt?.toISOString() ?? null,
    ties: row.ties.map((tie) => ({
      client: tie.clientId,
      role: tie.role,
      since: tie.since.toISOString(),
      until: tie.until?.toISOString() ?? null,
      takenBackUntil: openUntil(tie, context.clock()),
      confirmer: tie.confirmedBy === null ? null : nameOf(tie.confirmedBy),
      isConfirmable:
        row.erasedAt === null &&
        actor.scopes.has('person:write') &&
        tie.role === 'client' &&
        ![tie.recordedBy, tie.confirmedBy].includes(actor.personId),
    })),
    held: values
      .flatMap((value) => (isFieldName(value.field) ? [heldField(value, value.field, roles)] : []))
      .filter(({ withheld }) => !withheld || mayTell)
      .toSorted((one, other) => fieldNames.indexOf(one.field) - fieldNames.indexOf(other.field))
      .map((held) => ({ ...held, recordedBy: nameOf(held.recordedBy) })),
    looks: looks.slice(0, looksShown).map((look) => ({
      by: nameOf(look.by),
      purpose: isUse(look.purpose) ? uses[look.purpose].label : look.purpose,
      reference: look.reference,
      at: look.at.toISOString(),
    })),
    hasMoreLooks: looks.length > looksShown,
    erasure: row.erasedAt === null ? await viewErasure(row.id, context) : null,
    purposes: purposesOf(actor),
    can: {
      open: row.erasedAt === null,
      write: row.erasedAt === null && actor.scopes.has('person:write'),
    },
  });
}

function openUntil(tie: { endsRecorded: Date | null }, now: Date): string | null {
  const last = takenBackUntil(tie);
  return last !== null && last > now ? dayOf(last) : null;
}

async function viewErasure(id: string, { db, clock }: Context) {
  const today = dayOf(clock());
  const blockers = findBlockers(await inSnapshot(db, (tx) => loadErasureFacts(tx, id)), today);
  return { blockers, freeOn: freeOn(blockers, today) };
}

type Recorded = {
  version: number;
  source: string;
  recordedAt: Date;
  recordedBy: string;
};

function heldField(value: Recorded, name: FieldName, roles: readonly PersonRole[]): HeldField {
  const field = fieldFor(name, roles);
  return {
    field: name,
    label: field.label,
    category: categories[field.category],
    purposes: field.purposes.map((purpose) => purposes[purpose]),
    basis: legalBases[field.basis],
    recipients: field.recipients,
    until: retentionRules[field.retention].sentence,
    law: retentionRules[field.retention].law,
    source: sourceLabel(value.source),
    version: value.version,
    recordedAt: value.recordedAt.toISOString(),
    recordedBy: value.recordedBy,
    withheld: field.withheld !== undefined,
  };
}
