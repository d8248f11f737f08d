/** Findings of penetration tests, scans, audits, drills, incidents and reviews (DORA Art 24(5) and 6(7)). */
import { z } from 'zod';
import { keysOf } from '../codes.ts';
import { daysAfter } from '../days.ts';
import type { About, Becoming, Fault, KindRules, Standing } from '../records/kind-rules.ts';
import {
  day,
  list,
  maybeDay,
  maybeLine,
  maybePerson,
  maybeRecord,
  oneOf,
  paragraph,
  record,
  title,
} from './fields.ts';
import {
  daysToRemedy,
  findingMoves,
  findingSources,
  findingStates,
  severities,
  type Severity,
} from './finding-words.ts';

export const findingFacts = z.strictObject({
  source: oneOf(keysOf(findingSources), 'where the finding comes from'),
  severity: oneOf(keysOf(severities), 'the severity'),
  state: oneOf(keysOf(findingStates), 'where it stands'),
  foundOn: day('the day on which it was found'),
  /** By when it is remedied; what the severity asks where none is given. */
  dueOn: maybeDay('the day by which it is remedied'),
  owner: maybePerson('who remedies it'),
  remediedOn: maybeDay('the day on which it was remedied'),
  remediedBy: maybePerson('who remedied it'),
  validatedOn: maybeDay('the day on which that was validated'),
  validatedBy: maybePerson('who validated it'),
  acceptedBy: maybePerson('who accepted it'),
  test: maybeRecord('the test that found it'),
  planTest: maybeRecord('the test of a plan that found it'),
  /** Number of the incident that showed it. */
  incident: maybeLine('the number of the incident', 40),
  functions: list(record('the function'), 'functions'),
  assets: list(record('the asset'), 'assets'),
  providers: list(record('the provider'), 'providers'),
});
export type FindingFacts = z.infer<typeof findingFacts>;

/** The last day on which a finding of this severity may be remedied. */
export const latestFor = (severity: Severity, foundOn: string): string =>
  daysAfter(foundOn, daysToRemedy[severity]);

export const dueOf = ({ dueOn, severity, foundOn }: FindingFacts): string =>
  dueOn ?? latestFor(severity, foundOn);

function faultsOf(facts: FindingFacts, { texts, today }: About): Fault[] {
  const faults: Fault[] = [];
  const no = (field: string, reason: string) => faults.push({ field, reason });
  const { state, foundOn, dueOn, severity, remediedOn, validatedOn } = facts;
  if (foundOn > today) no('foundOn', 'This day lies ahead. Put when it was found.');
  if (dueOn !== null && dueOn < foundOn) no('dueOn', 'It is due before it was found.');
  if (dueOn !== null && dueOn > latestFor(severity, foundOn) && (texts['extension'] ?? '') === '')
    no(
      'dueOn',
      `This severity is remedied by ${latestFor(severity, foundOn)}. Write why it takes longer.`,
    );
  if (remediedOn !== null && (remediedOn < foundOn || remediedOn > today))
    no('remediedOn', 'Give a day between the finding and today.');
  if (
    validatedOn !== null &&
    (remediedOn === null || validatedOn < remediedOn || validatedOn > today)
  )
    no('validatedOn', 'Give a day between the remedy and today.');
  const isRemedied = state === 'remedied' || state === 'validated';
  if (isRemedied && (remediedOn === null || facts.remediedBy === null))
    no('remediedOn', 'Say who remedied it and when.');
  if (state === 'open' && (remediedOn !== null || validatedOn !== null))
    no('state', 'An open finding is not remedied. Take those days away.');
  if ((state === 'validated') !== (validatedOn !== null && facts.validatedBy !== null))
    no('validatedOn', 'A validated finding names who validated it and when, another none.');
  if (state === 'validated' && facts.validatedBy === facts.remediedBy)
    no('validatedBy', 'Another person than the one who remedied it validates that.');
  if ((state === 'accepted') !== (facts.acceptedBy !== null))
    no('acceptedBy', 'An accepted finding names who accepted it, another none.');
  if (facts.acceptedBy !== null && facts.acceptedBy === facts.owner)
    no('acceptedBy', 'Another person than its owner accepts a finding.');
  if (facts.acceptedBy !== null && (texts['acceptance'] ?? '') === '')
    no('acceptance', 'Write why it is accepted.');
  return faults;
}

/** One state after the other; nobody validates or accepts in the name of another. */
function becomesOf({ before, after, by }: Becoming<FindingFacts>): Fault[] {
  const from = before?.state ?? 'open';
  const faults: Fault[] = [];
  if (before === null && after.state !== 'open')
    faults.push({ field: 'state', reason: 'A finding begins open.' });
  else if (after.state !== from && !findingMoves[from].includes(after.state))
    faults.push({ field: 'state', reason: `It can't go from ${from} to ${after.state}.` });
  for (const field of ['validatedBy', 'acceptedBy'] as const)
    if (after[field] !== null && after[field] !== before?.[field] && after[field] !== by)
      faults.push({ field, reason: 'Whoever says this saves it themselves.' });
  return faults;
}

function standingOf(facts: FindingFacts): Standing {
  const isOver = facts.state === 'validated' || facts.state === 'accepted';
  return { state: facts.state, grade: facts.severity, dueOn: isOver ? null : dueOf(facts) };
}

export const findingRules: KindRules<FindingFacts> = {
  facts: findingFacts,
  texts: {
    title: title('what was found'),
    description: paragraph('what was found, and how'),
    remedy: paragraph('what is done about it'),
    validation: paragraph('how the remedy was validated'),
    extension: paragraph('why it takes longer'),
    acceptance: paragraph('why it is accepted'),
  },
  refOf: () => null,
  namesOf: ({ test, planTest, functions, assets, providers }) => [
    ...(test === null ? [] : [{ path: 'test', to: test, kind: 'test' } as const]),
    ...(planTest === null ? [] : [{ path: 'planTest', to: planTest, kind: 'plan-test' } as const]),
    ...functions.map(
      (to, index) => ({ path: `functions.${index}`, to, kind: 'function' }) as const,
    ),
    ...assets.map((to, index) => ({ path: `assets.${index}`, to, kind: 'asset' }) as const),
    ...providers.map(
      (to, index) => ({ path: `providers.${index}`, to, kind: 'provider' }) as const,
    ),
  ],
  peopleOf: ({ owner, remediedBy, validatedBy, acceptedBy }) =>
    Object.entries({ owner, remediedBy, validatedBy, acceptedBy }).flatMap(([path, person]) =>
      person === null ? [] : [{ path, person }],
    ),
  standingOf,
  faultsOf,
  becomesOf,
};
