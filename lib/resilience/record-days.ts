/** The last day of each recurring duty, as records show it. Pure. */
import type { Shown } from './calendar.ts';
import type { FunctionFacts } from './kinds/function.ts';
import { isDone, type PlanTestFacts } from './kinds/plan-test.ts';
import type { PlanFacts } from './kinds/plan.ts';
import type { RiskFacts } from './kinds/risk.ts';
import type { TestFacts } from './kinds/test.ts';

/** What other areas and submissions show; everything else is in the records of resilience. */
type Elsewhere = 'register-submitted' | 'recurring-incidents' | 'access-review';
export type RecordDays = Record<Exclude<Shown, null | Elsewhere>, string | null>;
type Days = Partial<RecordDays>;
export type OtherDays = Record<Elsewhere, string | null>;

type With<F> = { id: string; facts: F };

type FunctionSeen = With<Pick<FunctionFacts, 'assessedOn'>>;
type RiskSeen = With<Pick<RiskFacts, 'state' | 'reviewedOn' | 'acceptedOn'>>;

/** What tests, scans and drills are about, and they themselves. */
export type TestedRecords = {
  /** `at` is the day on which it was last written, yyyy-mm-dd. */
  assets: readonly { id: string; isCritical: boolean; at: string }[];
  tests: readonly With<Pick<TestFacts, 'state' | 'type' | 'doneOn' | 'assets'>>[];
  plans: readonly With<Pick<PlanFacts, 'state' | 'type'>>[];
  planTests: readonly With<Pick<PlanTestFacts, 'state' | 'plan' | 'doneOn'>>[];
};

type Day = string | null;

/** The earliest or latest of them; those without a day are passed over. */
const earliest = (days: Iterable<Day>): Day =>
  [...days].reduce((a, b) => (a === null || (b !== null && b < a) ? b : a), null);
export const latest = (days: Iterable<Day>): Day =>
  [...days].reduce((a, b) => (a === null || (b !== null && b > a) ? b : a), null);

/** What has to be done for all of them counts from the one that waits longest: none where one was never done. */
const ofAll = (days: readonly Day[]): Day => (days.includes(null) ? null : earliest(days));

function latestOf(pairs: Iterable<readonly [id: string, day: Day]>): Map<string, Day> {
  const found = new Map<string, Day>();
  for (const [id, day] of pairs) {
    const known = found.get(id) ?? null;
    found.set(id, known === null || (day !== null && day > known) ? day : known);
  }
  return found;
}

/** What functions in use show. */
export const functionDays = (functions: readonly FunctionSeen[]) =>
  ({ 'functions-assessed': ofAll(functions.map(({ facts }) => facts.assessedOn)) }) satisfies Days;

/** What risks in use show. */
export function riskDays(risks: readonly RiskSeen[]) {
  const risksIn = (isAsked: (state: RiskFacts['state']) => boolean) =>
    risks.map(({ facts }) => facts).filter(({ state }) => isAsked(state));
  return {
    'risks-reviewed': ofAll(
      risksIn((state) => state !== 'closed').map(({ reviewedOn }) => reviewedOn),
    ),
    'accepted-risks-reviewed': earliest(
      risksIn((state) => state === 'accepted').map((risk) => risk.reviewedOn ?? risk.acceptedOn),
    ),
  } satisfies Days;
}

/** What assets, tests, plans and their tests in use show. */
export function testDays({ assets, tests, plans, planTests }: TestedRecords) {
  const done = tests.filter(({ facts }) => facts.state === 'done').map(({ facts }) => facts);
  const doneOf = (type: TestFacts['type']): Day =>
    latest(done.filter((test) => test.type === type).map(({ doneOn }) => doneOn));
  const planTypes = new Map(plans.map(({ id, facts }) => [id, facts.type]));
  const held = planTests
    .map(({ facts }) => facts)
    .filter((test) => isDone(test) && planTypes.has(test.plan));
  const heldOf = (type: PlanFacts['type']): Day =>
    latest(held.filter(({ plan }) => planTypes.get(plan) === type).map(({ doneOn }) => doneOn));
  const ofPlan = latestOf(held.map(({ plan, doneOn }) => [plan, doneOn] as const));
  const ofAsset = latestOf(
    done.flatMap((test) => test.assets.map((asset) => [asset, test.doneOn] as const)),
  );
  return {
    'assets-assessed': latest(assets.map(({ at }) => at)),
    'vulnerability-scan': doneOf('vulnerability-scan'),
    'plan-test': ofAll(
      plans
        .filter(({ facts }) => facts.state === 'approved')
        .map(({ id }) => ofPlan.get(id) ?? null),
    ),
    'crisis-communication-test': heldOf('crisis-communication'),
    'backup-test': heldOf('backup'),
    'critical-systems-tested': ofAll(
      assets.filter(({ isCritical }) => isCritical).map(({ id }) => ofAsset.get(id) ?? null),
    ),
    tlpt: doneOf('tlpt'),
  } satisfies Days;
}
