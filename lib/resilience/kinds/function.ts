/** Functions of the entity (template B_06.01), with how fast each has to be back (DORA Art 12(6)). */
import { z } from 'zod';
import { impacts, keysOf, no, yes, yesNoOpen } from '../codes.ts';
import type { About, Fault, KindRules, Standing } from '../records/kind-rules.ts';
import { yearAfter } from '../days.ts';
import { allActivities } from '../roi/lists.ts';
import { maybeLei } from './entity.ts';
import { count, line, maybeDay, maybePerson, oneOf } from './fields.ts';

/** More hours than a year has are no objective. */
const hoursMax = 8760;

export const functionFacts = z.strictObject({
  /** `F` and a natural number. */
  id: z
    .string('Give the identifier of the function.')
    .regex(/^F[1-9]\d{0,5}$/, 'Give an identifier of F and a number, such as F1.'),
  /** Of a group, other types of entities may have others. */
  activity: z
    .string('Choose the licensed activity.')
    .refine((code) => allActivities.has(code), 'Choose the licensed activity.'),
  name: line('the name of the function', 200),
  /** LEI of the entity that has it; the one of the register where none is given. */
  entity: maybeLei('the LEI of the entity'),
  critical: oneOf(keysOf(yesNoOpen), 'whether it is critical or important'),
  assessedOn: maybeDay('the day of the last assessment'),
  /** Recovery time objective in hours; under one hour is 1; null where none is defined. */
  rtoHours: count('the recovery time', 1, hoursMax, 'hours').nullable().default(null),
  rpoHours: count('the recovery point', 1, hoursMax, 'hours').nullable().default(null),
  /** What it means to discontinue it. */
  impact: oneOf(keysOf(impacts), 'the impact of discontinuing it'),
  /** Who answers for it. */
  owner: maybePerson('who answers for it'),
});
export type FunctionFacts = z.infer<typeof functionFacts>;

/** Critical or important, as the entity assessed it. */
export const isCritical = ({ critical }: Pick<FunctionFacts, 'critical'>): boolean =>
  critical === yes;

function standingOf({ critical, assessedOn }: FunctionFacts): Standing {
  const grade = critical === yes ? 'critical' : critical === no ? 'not-critical' : 'not-assessed';
  // Functions are classified again each year (DORA Art 8(1)).
  return { state: null, grade, dueOn: assessedOn && yearAfter(assessedOn) };
}

function faultsOf(facts: FunctionFacts, { today }: About): Fault[] {
  const faults: Fault[] = [];
  if (facts.assessedOn !== null && facts.assessedOn > today)
    faults.push({ field: 'assessedOn', reason: 'This day lies ahead. Put when it was assessed.' });
  return faults;
}

export const functionRules: KindRules<FunctionFacts> = {
  facts: functionFacts,
  texts: {
    reason: {
      least: 3,
      most: 300,
      tooShort: 'Write why it is or is not critical in a sentence or more.',
      tooLong: 'Write why in at most 300 characters.',
      lines: true,
    },
  },
  refOf: ({ id }) => ({ field: 'id', ref: id }),
  namesOf: () => [],
  peopleOf: ({ owner }) => (owner === null ? [] : [{ path: 'owner', person: owner }]),
  standingOf,
  faultsOf,
  becomesOf: () => [],
};
