/** The entity that keeps the register, its branches and its group (templates B_01.01 to B_01.03, B_99.01). */
import { z } from 'zod';
import { entityTypes, groupEntityTypes, hierarchies, keysOf, nonFinancialTypes } from '../codes.ts';
import { leiFault } from '../identifiers.ts';
import {
  noStanding,
  type About,
  type Fault,
  type KindRules,
  type RecordText,
} from '../records/kind-rules.ts';
import { definitions } from './entity-words.ts';
import {
  country,
  currency,
  day,
  line,
  list,
  maybeDay,
  maybeLine,
  money,
  oneOf,
  paragraph,
} from './fields.ts';

export const lei = (what: string) =>
  z.string(`Give ${what}.`).superRefine((text, context) => {
    const fault = leiFault(text);
    if (fault !== null) context.addIssue({ code: 'custom', message: fault });
  });
export const maybeLei = (what: string) => lei(what).nullable().default(null);

const place = {
  name: line('the name'),
  country: country('the country'),
  hierarchy: oneOf(keysOf(hierarchies), 'its place in the group'),
  /** LEI of the direct parent; null where there is none above it. */
  parentLei: maybeLei('the LEI of the direct parent'),
  integratedOn: day('the day from which it is in the register'),
  currency: currency('the currency of the assets').nullable().default(null),
  /** Total assets as in the yearly accounts. */
  assets: money('the total assets').nullable().default(null),
};

export const entityFacts = z.strictObject({
  lei: lei('the LEI of the entity'),
  type: oneOf(keysOf(entityTypes), 'the type of the entity'),
  /** Name of the competent authority. */
  authority: maybeLine('the competent authority', 200),
  ...place,
  branches: list(
    z.strictObject({
      code: line('the code of the branch', 100),
      /** LEI of its head office; the entity's own where none is given. */
      headOffice: maybeLei('the LEI of the head office'),
      name: line('the name of the branch'),
      country: country('the country of the branch'),
    }),
    'branches',
  ),
  /** Other entities of the group that are in scope. */
  group: list(
    z.strictObject({
      lei: lei('the LEI'),
      type: oneOf(keysOf(groupEntityTypes), 'the type of the entity'),
      ...place,
      updatedOn: day('the day of the last update'),
      deletedOn: maybeDay('the day of deletion'),
    }),
    'entities of the group',
  ),
});
export type EntityFacts = z.infer<typeof entityFacts>;

/** LEIs of everybody in scope, the entity's own first. */
export const leisOf = (facts: EntityFacts): string[] => [
  facts.lei,
  ...facts.group.map((one) => one.lei),
];

function faultsOf(facts: EntityFacts, { today }: About): Fault[] {
  const faults: Fault[] = [];
  const known = new Set<string>();
  const members = [
    { at: '', one: facts },
    ...facts.group.map((one, index) => ({ at: `group.${index}.`, one })),
  ];
  for (const { at, one } of members) {
    if (known.has(one.lei))
      faults.push({ field: `${at}lei`, reason: 'This LEI stands here already.' });
    known.add(one.lei);
    if ((one.currency === null) !== (one.assets === null))
      faults.push({
        field: `${at}assets`,
        reason: 'Give the assets with their currency, or neither.',
      });
    if (one.assets !== null && nonFinancialTypes.has(one.type))
      faults.push({ field: `${at}assets`, reason: 'Only financial entities report their assets.' });
    if (one.integratedOn > today)
      faults.push({ field: `${at}integratedOn`, reason: 'This day lies ahead.' });
  }
  for (const { at, one } of members)
    if (one.parentLei !== null && !known.has(one.parentLei))
      faults.push({ field: `${at}parentLei`, reason: 'The parent is none of the entities here.' });
  for (const [index, one] of facts.group.entries())
    if (one.deletedOn !== null && one.deletedOn < one.integratedOn)
      faults.push({ field: `group.${index}.deletedOn`, reason: 'It ends before it begins.' });
  return [...faults, ...faultsOfBranches(facts, known)];
}

function faultsOfBranches(facts: EntityFacts, known: ReadonlySet<string>): Fault[] {
  const codes = new Set<string>();
  return facts.branches.flatMap(({ code, headOffice }, index) => {
    const faults: Fault[] = [];
    if (codes.has(code))
      faults.push({ field: `branches.${index}.code`, reason: 'This code stands here already.' });
    codes.add(code);
    if (headOffice !== null && !known.has(headOffice))
      faults.push({
        field: `branches.${index}.headOffice`,
        reason: 'The head office is none of the entities here.',
      });
    return faults;
  });
}

const definitionText = (what: string): RecordText => paragraph(`what ${what} means here`);

export const entityRules: KindRules<EntityFacts> = {
  facts: entityFacts,
  texts: Object.fromEntries(
    Object.entries(definitions).map(([column, what]) => [
      `definition.${column}`,
      definitionText(what),
    ]),
  ),
  // There is exactly one, whatever its LEI.
  refOf: () => ({ field: 'lei', ref: 'entity' }),
  namesOf: () => [],
  peopleOf: () => [],
  standingOf: () => noStanding,
  faultsOf,
  becomesOf: () => [],
};
