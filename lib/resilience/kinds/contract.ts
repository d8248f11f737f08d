/** Contracts on ICT services with all that hangs on them (templates B_02 to B_04, B_05.02 and B_07.01). */
import { z } from 'zod';
import {
  contractTypes,
  endReasons,
  impacts,
  keysOf,
  reliances,
  sensitivities,
  serviceTypes,
  substitutabilities,
  substitutionReasons,
  yesNoOpen,
} from '../codes.ts';
import type { KindRules, Naming, Standing } from '../records/kind-rules.ts';
import { allReintegrations } from '../roi/lists.ts';
import { clauseAnswers, clauses, clauseText, exitResults, exitTexts } from './contract-words.ts';
import { contractFaults } from './contract-faults.ts';
import { lei, maybeLei } from './entity.ts';
import {
  count,
  country,
  currency,
  day,
  line,
  list,
  maybeDay,
  maybeLine,
  maybePerson,
  maybeRecord,
  maybeYesNo,
  money,
  oneOf,
  paragraph,
  record,
  yesNo,
} from './fields.ts';

const service = oneOf(keysOf(serviceTypes), 'the type of the service');
const maybeCountry = (what: string) => country(what).nullable().default(null);
/** Notice periods are days of the calendar; ten years are more than any. */
const notice = (whose: string) =>
  count(`the notice of the ${whose}`, 0, 3653, 'days').nullable().default(null);

/** A row of B_02.02. What is asked only for critical functions may be null. */
export const useFacts = z.strictObject({
  /** LEI of who uses it; the entity of the register where none is given. */
  user: maybeLei('the LEI of who uses it'),
  provider: record('the provider'),
  function: record('the function'),
  service,
  startsOn: day('the day of the start'),
  /** Null for an open end. */
  endsOn: maybeDay('the day of the end'),
  endReason: oneOf(keysOf(endReasons), 'the reason of the end').nullable().default(null),
  noticeEntity: notice('entity'),
  noticeProvider: notice('provider'),
  law: maybeCountry('the governing law'),
  providedFrom: maybeCountry('the country from which it is provided'),
  storesData: maybeYesNo('whether it stores data'),
  dataAt: maybeCountry('the country where data rest'),
  processedAt: maybeCountry('the country where data are processed'),
  sensitivity: oneOf(keysOf(sensitivities), 'the sensitivity of the data').nullable().default(null),
  reliance: oneOf(keysOf(reliances), 'the reliance on it').nullable().default(null),
});
export type UseFacts = z.infer<typeof useFacts>;

/** A row of B_05.02: rank 1 is the direct provider, who has no recipient. */
export const chainFacts = z.strictObject({
  service,
  provider: record('the provider'),
  rank: count('the rank', 1, 50),
  recipient: maybeRecord('who receives the subcontracted service'),
});
export type ChainFacts = z.infer<typeof chainFacts>;

/** A row of B_07.01. */
export const assessmentFacts = z.strictObject({
  provider: record('the provider'),
  service,
  substitutability: oneOf(keysOf(substitutabilities), 'how easily it is substituted'),
  reason: oneOf(keysOf(substitutionReasons), 'why it is hard to substitute')
    .nullable()
    .default(null),
  /** Own, pooled or appointed audit; null where there was none. */
  auditedOn: maybeDay('the day of the last audit'),
  exitPlan: yesNo('whether there is an exit plan'),
  reintegration: oneOf(keysOf(allReintegrations), 'how easily it is taken back'),
  impact: oneOf(keysOf(impacts), 'the impact of discontinuing it'),
  alternatives: oneOf(keysOf(yesNoOpen), 'whether alternatives are known'),
  /** Names of the alternative providers. */
  which: maybeLine('which alternatives', 300),
});
export type AssessmentFacts = z.infer<typeof assessmentFacts>;

export const contractFacts = z.strictObject({
  reference: line('the reference of the contract', 100),
  name: maybeLine('what the contract is called', 200),
  type: oneOf(keysOf(contractTypes), 'the type of the contract'),
  /** Of a subsequent contract only. */
  overarching: maybeRecord('the overarching contract'),
  currency: currency('the currency'),
  /** Of the past year, or an estimate. */
  expense: money('the expense of a year'),
  /** The named role or senior manager who oversees it (DORA Art 5(3)). */
  overseer: maybePerson('who oversees it'),
  signatories: list(lei('the LEI of who signs'), 'signatories'),
  providerSignatories: list(record('the provider who signs'), 'signing providers'),
  groupProviders: list(
    lei('the LEI of the entity of the group'),
    'providing entities of the group',
  ),
  users: list(
    z.strictObject({
      user: maybeLei('the LEI of who uses it'),
      /** Code of the branch; null where it is not a branch. */
      branch: maybeLine('the code of the branch', 100),
    }),
    'users',
  ),
  uses: list(useFacts, 'uses'),
  chain: list(chainFacts, 'links of the chain'),
  assessments: list(assessmentFacts, 'assessments'),
  /** Contracts of an intra-group provider with outside providers that this one rests on (B_02.03). */
  restsOn: list(record('the contract'), 'contracts that it rests on'),
  clauses: list(
    z.strictObject({
      id: z.enum(clauses.map(({ id }) => id) as [string, ...string[]], 'There is no such clause.'),
      answer: oneOf(keysOf(clauseAnswers), 'whether the clause is there'),
      /** Where in the contract it stands. */
      at: maybeLine('where it stands', 100),
    }),
    'clauses',
  ),
  exitTests: list(
    z.strictObject({
      on: day('the day of the test'),
      result: oneOf(keysOf(exitResults), 'the result'),
    }),
    'tests of the exit plan',
  ),
  nextExitTestOn: maybeDay('the day of the next test of the exit plan'),
});
export type ContractFacts = z.infer<typeof contractFacts>;

function namesOf(facts: ContractFacts): Naming[] {
  const providers = facts.providerSignatories.map((to, index): Naming => ({
    path: `providerSignatories.${index}`,
    to,
    kind: 'provider',
  }));
  return [
    ...(facts.overarching === null
      ? []
      : [{ path: 'overarching', to: facts.overarching, kind: 'contract' } as const]),
    ...providers,
    ...facts.uses.flatMap(({ provider, function: served }, index): Naming[] => [
      { path: `uses.${index}.provider`, to: provider, kind: 'provider' },
      { path: `uses.${index}.function`, to: served, kind: 'function' },
    ]),
    ...facts.chain.flatMap(({ provider, recipient }, index): Naming[] => [
      { path: `chain.${index}.provider`, to: provider, kind: 'provider' },
      ...(recipient === null
        ? []
        : [{ path: `chain.${index}.recipient`, to: recipient, kind: 'provider' } as const]),
    ]),
    ...facts.assessments.map(({ provider }, index): Naming => ({
      path: `assessments.${index}.provider`,
      to: provider,
      kind: 'provider',
    })),
    ...facts.restsOn.map((to, index): Naming => ({
      path: `restsOn.${index}`,
      to,
      kind: 'contract',
    })),
  ];
}

function standingOf({ uses, nextExitTestOn }: ContractFacts): Standing {
  const isEnded = uses.length > 0 && uses.every(({ endReason }) => endReason !== null);
  return {
    state: isEnded ? 'ended' : 'active',
    grade: null,
    dueOn: isEnded ? null : nextExitTestOn,
  };
}

export const contractRules: KindRules<ContractFacts> = {
  facts: contractFacts,
  texts: {
    ...Object.fromEntries(
      clauses.map(({ id }) => [clauseText(id), paragraph('the evidence, or why it is not needed')]),
    ),
    ...Object.fromEntries(
      Object.entries(exitTexts).map(([field, what]) => [field, paragraph(what.toLowerCase())]),
    ),
    'before-signing': paragraph('what was assessed before signing (DORA Art 28(4))'),
    monitoring: paragraph('how it is monitored'),
    note: paragraph('a note'),
  },
  refOf: ({ reference }) => ({ field: 'reference', ref: reference }),
  namesOf,
  peopleOf: ({ overseer }) => (overseer === null ? [] : [{ path: 'overseer', person: overseer }]),
  standingOf,
  faultsOf: contractFaults,
  becomesOf: () => [],
};
