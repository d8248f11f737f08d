/** An entry of the testing programme (DORA Art 24 to 27). Findings name it. */
import { z } from 'zod';
import { keysOf } from '../codes.ts';
import type { About, Fault, KindRules, Standing } from '../records/kind-rules.ts';
import { agreementFaults, type Agreement } from './agreement.ts';
import { day, list, maybeDay, maybePerson, oneOf, paragraph, record, title } from './fields.ts';
import { independences, testResults, testStates, testTypes } from './test-words.ts';

export const testFacts = z.strictObject({
  type: oneOf(keysOf(testTypes), 'the type of the test'),
  state: oneOf(keysOf(testStates), 'where it stands'),
  functions: list(record('the function'), 'functions'),
  assets: list(record('the asset'), 'assets'),
  providers: list(record('the provider'), 'providers'),
  independence: oneOf(keysOf(independences), 'how the tester is independent'),
  plannedOn: day('the day for which it is planned'),
  doneOn: maybeDay('the day on which it was done'),
  result: oneOf(keysOf(testResults), 'the result').nullable().default(null),
  /** Of the report; null until then. */
  approvedBy: maybePerson('who approved the report'),
});
export type TestFacts = z.infer<typeof testFacts>;

function faultsOf(facts: TestFacts, { texts, today }: About): Fault[] {
  const faults: Fault[] = [];
  const no = (field: string, reason: string) => faults.push({ field, reason });
  const isDone = facts.state === 'done';
  if (isDone !== (facts.doneOn !== null))
    no('doneOn', 'A test that is done has its day, another none.');
  if (isDone !== (facts.result !== null))
    no('result', 'A test that is done has a result, another none.');
  if (facts.doneOn !== null && facts.doneOn > today) no('doneOn', 'This day lies ahead.');
  if (facts.approvedBy !== null && !isDone)
    no('approvedBy', 'A report is approved once the test is done.');
  if (isDone && (texts['outcome'] ?? '') === '') no('outcome', 'Write what came out.');
  if (facts.functions.length + facts.assets.length + facts.providers.length === 0)
    no('functions', 'Name a function, an asset or a provider that is tested.');
  return faults;
}

/** Nobody approves a report in the name of another, nor what they wrote themselves; it stays as it was approved. */
const agreement: Agreement<TestFacts> = {
  facts: ['approvedBy'],
  texts: [],
  of: ({ approvedBy }) =>
    approvedBy === null
      ? null
      : {
          field: 'approvedBy',
          who: approvedBy,
          does: 'approves',
          done: 'approved',
          undo: 'Leave open who approved it',
        },
};

const standingOf = ({ state, result, plannedOn }: TestFacts): Standing => ({
  state,
  grade: result,
  dueOn: state === 'planned' ? plannedOn : null,
});

export const testRules: KindRules<TestFacts> = {
  facts: testFacts,
  texts: {
    title: title('what the test is called'),
    tester: { ...title('who tests'), asked: true },
    scope: paragraph('what is tested'),
    scenario: paragraph('the scenario'),
    outcome: paragraph('what came out'),
  },
  refOf: () => null,
  namesOf: ({ functions, assets, providers }) => [
    ...functions.map(
      (to, index) => ({ path: `functions.${index}`, to, kind: 'function' }) as const,
    ),
    ...assets.map((to, index) => ({ path: `assets.${index}`, to, kind: 'asset' }) as const),
    ...providers.map(
      (to, index) => ({ path: `providers.${index}`, to, kind: 'provider' }) as const,
    ),
  ],
  peopleOf: ({ approvedBy }) =>
    approvedBy === null ? [] : [{ path: 'approvedBy', person: approvedBy }],
  standingOf,
  faultsOf,
  becomesOf: (becoming) => agreementFaults(agreement, becoming),
  agreement,
};
