/** Drills and other tests of plans (DORA Art 11(6); RTS risk Art 25 and 26). */
import { z } from 'zod';
import { keysOf } from '../codes.ts';
import { handDrills } from '../drills/kinds.ts';
import type { About, Fault, KindRules, Standing } from '../records/kind-rules.ts';
import {
  count,
  day,
  list,
  maybeDay,
  maybeLine,
  oneOf,
  paragraph,
  record,
  title,
} from './fields.ts';
import { planTestStates, scenarios } from './plan-words.ts';

/** A year in minutes. */
const minutesMax = 527_040;
const minutes = (what: string) => count(what, 0, minutesMax, 'minutes').nullable().default(null);

export const planTestFacts = z.strictObject({
  plan: record('the plan'),
  state: oneOf(keysOf(planTestStates), 'where it stands'),
  scenarios: list(oneOf(keysOf(scenarios), 'the scenarios'), 'scenarios', 9),
  plannedOn: day('the day for which it is planned'),
  doneOn: maybeDay('the day on which it was done'),
  plannedRtoMinutes: minutes('the planned recovery time'),
  actualRtoMinutes: minutes('the actual recovery time'),
  plannedRpoMinutes: minutes('the planned recovery point'),
  actualRpoMinutes: minutes('the actual recovery point'),
  /** The drill that this was, where people held by hand what the console runs in a sandbox only. */
  drillKind: oneOf(keysOf(handDrills), 'which drill it was').nullable().default(null),
  /** Id of the drill that ran, with its evidence. */
  drill: maybeLine('the id of the drill', 100),
  /** Tests are reported to the board (RTS risk Art 25). */
  reportedOn: maybeDay('the day of the report to the board'),
});
export type PlanTestFacts = z.infer<typeof planTestFacts>;

export const doneStates: ReadonlySet<string> = new Set(['passed', 'partly', 'failed']);

/** Whether it was held, whatever came out. */
export const isDone = ({ state }: Pick<PlanTestFacts, 'state'>): boolean => doneStates.has(state);

/** Slower or with more lost than planned. */
export const missedObjective = (facts: PlanTestFacts): boolean =>
  isOver(facts.actualRtoMinutes, facts.plannedRtoMinutes) ||
  isOver(facts.actualRpoMinutes, facts.plannedRpoMinutes);

const objectives = [
  ['plannedRtoMinutes', 'actualRtoMinutes'],
  ['plannedRpoMinutes', 'actualRpoMinutes'],
] as const;

const isOver = (actual: number | null, planned: number | null): boolean =>
  actual !== null && planned !== null && actual > planned;

function faultsOf(facts: PlanTestFacts, { texts, today, drill = null }: About): Fault[] {
  const faults: Fault[] = [];
  const no = (field: string, reason: string) => faults.push({ field, reason });
  if (isDone(facts) !== (facts.doneOn !== null))
    no('doneOn', 'A test that was held has its day, another none.');
  if (facts.doneOn !== null && facts.doneOn > today) no('doneOn', 'This day lies ahead.');
  if (facts.reportedOn !== null && (facts.doneOn === null || facts.reportedOn < facts.doneOn))
    no('reportedOn', 'It is reported after it was held.');
  if (facts.scenarios.length === 0) no('scenarios', 'Choose at least one scenario.');
  if (new Set(facts.scenarios).size < facts.scenarios.length)
    no('scenarios', 'A scenario stands here twice.');
  if (facts.state === 'passed' && missedObjective(facts))
    no('state', 'It took longer or lost more than planned: it passed in part at most.');
  if (facts.drill !== null && drill === null)
    no(
      'drill',
      'No drill of this id is on record. Give the id that its command told, or leave it empty.',
    );
  if (facts.state === 'passed' && drill?.passed === false)
    no('state', 'The drill that it names failed: it passed in part at most.');
  if (drill !== null && facts.drillKind !== null && drill.kind !== facts.drillKind)
    no('drill', 'The drill of this id is another than the one that was held.');
  if (facts.state === 'passed')
    for (const [planned, actual] of objectives)
      if (facts[planned] !== null && facts[actual] === null)
        no(actual, 'Give what it came to: a test with an objective passes by meeting it.');
  if ((facts.state === 'failed' || facts.state === 'partly') && (texts['deviation'] ?? '') === '')
    no('deviation', 'Write what went other than planned.');
  return faults;
}

const standingOf = ({ state, plannedOn }: PlanTestFacts): Standing => ({
  state,
  grade: null,
  dueOn: state === 'planned' ? plannedOn : null,
});

export const planTestRules: KindRules<PlanTestFacts> = {
  facts: planTestFacts,
  texts: {
    title: title('what the test is called'),
    deviation: paragraph('what went other than planned'),
    lessons: paragraph('what was learned'),
  },
  refOf: () => null,
  namesOf: ({ plan }) => [{ path: 'plan', to: plan, kind: 'plan' }],
  peopleOf: () => [],
  standingOf,
  faultsOf,
  becomesOf: () => [],
};
