/** Continuity, response and recovery plans (DORA Art 11; RTS risk Art 24 to 26). */
import { z } from 'zod';
import { keysOf } from '../codes.ts';
import { monthsAfter } from '../days.ts';
import type { About, Fault, KindRules, Standing } from '../records/kind-rules.ts';
import { agreementFaults, type Agreement } from './agreement.ts';
import {
  count,
  day,
  line,
  list,
  maybeDay,
  maybePerson,
  oneOf,
  paragraph,
  record,
} from './fields.ts';
import { planStates, planTypes, scenarios } from './plan-words.ts';

const hoursMax = 8760;

/** Plans are reviewed and tested yearly (DORA Art 11(6)). */
export const planReviewMonths = 12;

export const planFacts = z.strictObject({
  name: line('the name of the plan', 200),
  type: oneOf(keysOf(planTypes), 'the type of the plan'),
  state: oneOf(keysOf(planStates), 'where it stands'),
  /** The functions that it covers. */
  functions: list(record('the function'), 'functions'),
  scenarios: list(oneOf(keysOf(scenarios), 'the scenarios'), 'scenarios', 9),
  rtoHours: count('the recovery time', 0, hoursMax, 'hours').nullable().default(null),
  rpoHours: count('the recovery point', 0, hoursMax, 'hours').nullable().default(null),
  approvedOn: maybeDay('the day of the approval'),
  approvedBy: maybePerson('who approved it'),
  nextReviewOn: day('the day of the next review'),
});
export type PlanFacts = z.infer<typeof planFacts>;

function faultsOf(facts: PlanFacts, { texts, today }: About): Fault[] {
  const faults: Fault[] = [];
  const no = (field: string, reason: string) => faults.push({ field, reason });
  const isApproved = facts.state === 'approved';
  if (isApproved !== (facts.approvedOn !== null && facts.approvedBy !== null))
    no('approvedOn', 'An approved plan names who approved it and when, a draft nobody.');
  if (facts.approvedOn !== null && facts.approvedOn > today)
    no('approvedOn', 'This day lies ahead.');
  if (isApproved && (texts['activation'] ?? '') === '')
    no('activation', 'Write when the plan is activated.');
  if (isApproved && facts.functions.length === 0)
    no('functions', 'Name the functions that it covers.');
  if (isApproved && facts.scenarios.length === 0)
    no('scenarios', 'Choose the scenarios that it covers.');
  if (new Set(facts.scenarios).size < facts.scenarios.length)
    no('scenarios', 'A scenario stands here twice.');
  if (
    facts.approvedOn !== null &&
    facts.nextReviewOn > monthsAfter(facts.approvedOn, planReviewMonths)
  )
    no('nextReviewOn', `A plan is reviewed within ${planReviewMonths} months of its approval.`);
  return faults;
}

/** Nobody approves in the name of another, nor what they wrote themselves; what is approved stays as it is. */
const agreement: Agreement<PlanFacts> = {
  facts: ['state', 'approvedOn', 'approvedBy', 'nextReviewOn'],
  texts: [],
  of: ({ state, approvedBy }) =>
    state === 'approved' && approvedBy !== null
      ? {
          field: 'approvedBy',
          who: approvedBy,
          does: 'approves',
          done: 'approved',
          undo: 'Put it back to draft',
        }
      : null,
};

const standingOf = ({ state, nextReviewOn }: PlanFacts): Standing => ({
  state,
  grade: null,
  dueOn: nextReviewOn,
});

export const planRules: KindRules<PlanFacts> = {
  facts: planFacts,
  texts: {
    activation: paragraph('when the plan is activated'),
    deactivation: paragraph('when it ends'),
    procedure: paragraph('what is done'),
    communication: paragraph('who is told, and how'),
  },
  refOf: ({ name }) => ({ field: 'name', ref: name }),
  namesOf: ({ functions }) =>
    functions.map((to, index) => ({ path: `functions.${index}`, to, kind: 'function' }) as const),
  peopleOf: ({ approvedBy }) =>
    approvedBy === null ? [] : [{ path: 'approvedBy', person: approvedBy }],
  standingOf,
  faultsOf,
  becomesOf: (becoming) => agreementFaults(agreement, becoming),
  agreement,
};
