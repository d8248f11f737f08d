/**
 * What an erasure would do: of everything that is held of a person, what goes, how, and what stays under which law until
 * when. Two people sign its digest, so what they approved is what is done. Pure.
 */
import { createHash } from 'node:crypto';
import { fieldFor, isFieldName, type FieldName, type PersonRole } from '#lib/persons/field-map.ts';
import { retentionRules, type RetentionRule } from '#lib/persons/retention-rules.ts';
import type { ErasingRight } from '../requests/life.ts';
import {
  findBlockers,
  freeOn,
  standsAgainst,
  stopsAll,
  type Blocker,
  type ErasureFacts,
} from './blockers.ts';
import { otherRules, type CountedSystem } from './plan-others.ts';

/** Rights by which something of a person may go, and which fields each is about. */
const scopes = {
  erasure: () => true,
  'withdraw-consent': (field, roles) => fieldFor(field, roles).basis === 'consent',
  objection: (field, roles) => fieldFor(field, roles).purposes.includes('marketing'),
} as const satisfies Record<
  ErasingRight,
  (field: FieldName, roles: readonly PersonRole[]) => boolean
>;

/** What is held of somebody, by counts alone. */
export type Held = {
  person: string;
  roles: readonly PersonRole[];
  /** Fields of the vault with the number of versions of each. */
  values: readonly { field: string; versions: number }[];
  hashes: number;
  /** Texts of other rooms that are on record as naming them. */
  texts: number;
  looks: number;
  requests: number;
  ties: number;
  /** Where they work with the console: what they signed, their security keys and sessions. */
  acts: number;
  access: number;
  /** Copies for the person that are kept. */
  packages: number;
  /** Clients that the person is, now or before, and what each system has of those. */
  ownClients: readonly string[];
  systems: Readonly<Record<CountedSystem, number>>;
};

export type PlanAction = 'destroy' | 'delete' | 'black-out' | 'keep';

export type PlanLine = {
  /** A field of the vault, or something else that is held. */
  of: 'value' | 'other';
  code: string;
  label: string;
  count: number;
  action: PlanAction;
  /** Why it goes or stays, with the article. */
  why: string;
  /** First day on which it may go, where it stays and that is known. */
  until: string | null;
  /** The person may not learn of it. */
  isWithheld: boolean;
};

export type ErasurePlan = {
  person: string;
  /** Everything goes and a tombstone stays; some of it goes; or nothing can go now. */
  outcome: 'whole' | 'part' | 'nothing';
  lines: PlanLine[];
  /** Fields of the vault that go. */
  fields: string[];
  blockers: Blocker[];
  /** The first day on which nothing stands against the rest; null where that is not known. */
  freeOn: string | null;
  /** SHA-256 of what is decided. */
  digest: string;
};

export function planOf(
  held: Held,
  facts: ErasureFacts,
  { right, today }: { right: ErasingRight; today: string },
): ErasurePlan {
  const blockers = findBlockers(facts, today);
  const values = held.values.map((value) => valueLine(value, { held, blockers, right }));
  const going = values.filter(({ action }) => action === 'destroy');
  const isStopped = blockers.some(stopsAll);
  // Who stands in the vault without a value left is erased whole.
  const isWhole = right === 'erasure' && !isStopped && going.length === values.length;
  const outcome = isWhole ? 'whole' : going.length > 0 && !isStopped ? 'part' : 'nothing';
  const others = otherRules(held, blockers, outcome);
  return {
    person: held.person,
    outcome,
    lines: [...values, ...others.filter(({ count }) => count > 0)],
    fields: outcome === 'nothing' ? [] : going.map(({ code }) => code),
    blockers,
    freeOn: freeOn(blockers, today),
    digest: digestOf(held, { values, others, blockers, outcome }),
  };
}

function valueLine(
  { field, versions }: Held['values'][number],
  { held, blockers, right }: { held: Held; blockers: readonly Blocker[]; right: ErasingRight },
): PlanLine {
  const known = isFieldName(field) ? fieldFor(field, held.roles) : null;
  const rule: RetentionRule | null = known?.retention ?? null;
  const line = {
    of: 'value' as const,
    code: field,
    label: known?.label ?? field,
    count: versions,
    isWithheld: known?.withheld !== undefined,
  };
  const isAsked = isFieldName(field) ? scopes[right](field, held.roles) : right === 'erasure';
  if (!isAsked)
    return { ...line, action: 'keep', why: 'It was not asked for by this right.', until: null };
  const against = blockers.filter((one) => standsAgainst(one, field, rule));
  if (against.length === 0)
    return {
      ...line,
      action: 'destroy',
      why: `Article 17(1) GDPR. ${rule === null ? 'Nothing says that it is kept.' : retentionRules[rule].sentence}`,
      until: null,
    };
  const last = against.at(-1);
  return {
    ...line,
    action: 'keep',
    why: [...new Set(against.flatMap(({ article }) => article.split('; ')))].join('; '),
    // Those that no day ends come last.
    until: last?.endsOn ?? null,
  };
}

/**
 * What two people sign: who, what goes and what stays by which law until when, in the vault and in every other system, and
 * what stands against it. What only counts outside the vault, such as how often somebody looked, is left out, so that
 * looking at the plan does not change it.
 */
function digestOf(
  { person }: Held,
  {
    values,
    others,
    blockers,
    outcome,
  }: Pick<ErasurePlan, 'blockers' | 'outcome'> & {
    values: readonly PlanLine[];
    others: readonly PlanLine[];
  },
): string {
  const said = {
    type: 'countersign/erasure-plan/v2',
    person,
    outcome,
    values: values
      .map(({ code, count, action, until }) => [code, count, action, until])
      .toSorted((one, other) => (String(one[0]) < String(other[0]) ? -1 : 1)),
    others: others.map(({ code, action, why, until }) => [code, action, why, until]),
    blockers: blockers.map(({ code, about, endsOn }) => [code, about, endsOn]),
  };
  return createHash('sha256').update(JSON.stringify(said)).digest('hex');
}
