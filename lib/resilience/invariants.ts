/**
 * What has to be there for every critical or important function: objectives, a plan, a test in the last
 * twelve months, and for each contract that supports it an assessment and an exit plan. Pure.
 */
import { goesOn, monthsAfter } from './days.ts';
import { exitTexts } from './kinds/contract-words.ts';
import type { ContractFacts } from './kinds/contract.ts';
import { isCritical, type FunctionFacts } from './kinds/function.ts';
import { isDone, type PlanTestFacts } from './kinds/plan-test.ts';
import type { PlanFacts } from './kinds/plan.ts';
import type { TestFacts } from './kinds/test.ts';

/** Tests older than this no longer count. */
export const testedWithinMonths = 12;

export type Gap = {
  /** Id of the function. */
  function: string;
  what: 'rto' | 'rpo' | 'plan' | 'test' | 'assessment' | 'exit-plan';
  article: string;
  /** Id of the contract that lacks it. */
  contract: string | null;
};

type With<F> = { id: string; facts: F };

export type Framework = {
  functions: readonly With<Pick<FunctionFacts, 'critical' | 'rtoHours' | 'rpoHours'>>[];
  plans: readonly With<Pick<PlanFacts, 'functions' | 'state'>>[];
  planTests: readonly With<Pick<PlanTestFacts, 'plan' | 'state' | 'doneOn'>>[];
  tests: readonly With<Pick<TestFacts, 'functions' | 'state' | 'doneOn'>>[];
  contracts: readonly (With<Pick<ContractFacts, 'uses' | 'assessments'>> & {
    /** By the names of the texts that it has. */
    texts: Readonly<Record<string, string>>;
  })[];
};

/** Everything that is missing, by function. @param today yyyy-mm-dd. */
export function findGaps({ contracts, ...framework }: Framework, today: string): Gap[] {
  const critical = new Set(
    framework.functions.filter(({ facts }) => isCritical(facts)).map(({ id }) => id),
  );
  const ofContracts = contracts.flatMap((contract) =>
    contractGaps(contract, (id) => critical.has(id), today),
  );
  return joinGaps(
    framework.functions,
    coverageOf(framework, today),
    Map.groupBy(ofContracts, (gap) => gap.function),
  );
}

/** Ids of functions that have an approved plan, and of those that were tested lately. */
export type Coverage = { planned: ReadonlySet<string>; tested: ReadonlySet<string> };

/** @param today yyyy-mm-dd. */
export const coverageOf = (
  framework: Pick<Framework, 'plans' | 'planTests' | 'tests'>,
  today: string,
): Coverage => ({
  tested: testedFunctions(framework, monthsAfter(today, -testedWithinMonths)),
  planned: new Set(
    framework.plans
      .filter(({ facts }) => facts.state === 'approved')
      .flatMap(({ facts }) => facts.functions),
  ),
});

/**
 * What is missing of functions themselves, each followed by what its contracts lack.
 * @param lacking gaps of contracts by function.
 */
export const joinGaps = (
  functions: Framework['functions'],
  { planned, tested }: Coverage,
  lacking: ReadonlyMap<string, readonly Gap[]>,
): Gap[] =>
  functions
    .filter(({ facts }) => isCritical(facts))
    .flatMap(({ id, facts }) => {
      const gap = (what: Gap['what'], article: string): Gap => ({
        function: id,
        what,
        article,
        contract: null,
      });
      return [
        ...(facts.rtoHours === null ? [gap('rto', 'DORA 12(6)')] : []),
        ...(facts.rpoHours === null ? [gap('rpo', 'DORA 12(6)')] : []),
        ...(planned.has(id) ? [] : [gap('plan', 'DORA 11(3)')]),
        ...(tested.has(id) ? [] : [gap('test', 'DORA 24(6), 11(6)')]),
        ...(lacking.get(id) ?? []),
      ];
    });

/** Functions that were tested since a day, or whose plan was. */
function testedFunctions(
  { plans, planTests, tests }: Pick<Framework, 'plans' | 'planTests' | 'tests'>,
  since: string,
): Set<string> {
  const isRecent = (doneOn: string | null): boolean => doneOn !== null && doneOn >= since;
  const plansTested = new Set(
    planTests
      .filter(({ facts }) => isDone(facts) && isRecent(facts.doneOn))
      .map(({ facts }) => facts.plan),
  );
  return new Set([
    ...tests
      .filter(({ facts }) => facts.state === 'done' && isRecent(facts.doneOn))
      .flatMap(({ facts }) => facts.functions),
    ...plans.filter(({ id }) => plansTested.has(id)).flatMap(({ facts }) => facts.functions),
  ]);
}

/** What a contract lacks for each critical function that it supports. */
export function contractGaps(
  { id, facts, texts }: Framework['contracts'][number],
  isCriticalFunction: (id: string) => boolean,
  today: string,
): Gap[] {
  const supported = Map.groupBy(
    facts.uses.filter((use) => isCriticalFunction(use.function) && goesOn(use.endsOn, today)),
    (use) => use.function,
  );
  const hasExit = Object.keys(exitTexts).every((field) => field in texts);
  return [...supported].flatMap(([served, uses]): Gap[] => {
    const isAssessed = uses.every((use) =>
      facts.assessments.some((one) => one.provider === use.provider && one.service === use.service),
    );
    const gap = (what: Gap['what'], article: string): Gap => ({
      function: served,
      what,
      article,
      contract: id,
    });
    return [
      ...(isAssessed ? [] : [gap('assessment', 'ITS 2024/2956 B_07.01')]),
      ...(hasExit ? [] : [gap('exit-plan', 'DORA 28(8)')]),
    ];
  });
}
