/** Findings of penetration tests, scans, audits, drills, incidents and reviews (DORA Art 24(5) and 6(7)). */
import { z } from 'zod';
import { keysOf } from '../codes.ts';
import { daysAfter } from '../days.ts';
import type { About, Becoming, Fault, KindRules, Standing } from '../records/kind-rules.ts';
import { agreementFaults, type Agreement } from './agreement.ts';
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
  if (facts.acceptedBy !== null && facts.owner === null)
    no('owner', 'Say who owns it before another person accepts it.');
  if (facts.acceptedBy !== null && facts.acceptedBy === facts.owner)
    no('acceptedBy', 'Another person than its owner accepts a finding.');
  if (facts.acceptedBy !== null && (texts['acceptance'] ?? '') === '')
    no('acceptance', 'Write why it is accepted.');
  return faults;
}

/**
 * Nobody validates or accepts in the name of another, nor what they wrote themselves: whoever put a remedy on record
 * is as little free to validate it as whoever it names. What is validated or accepted stays as it is.
 */
const agreement: Agreement<FindingFacts> = {
  facts: ['state', 'validatedOn', 'validatedBy', 'acceptedBy'],
  texts: ['validation', 'acceptance'],
  of: ({ state, validatedBy, acceptedBy }) => {
    const undo = 'Set it to open';
    if (state === 'validated' && validatedBy !== null)
      return { field: 'validatedBy', who: validatedBy, does: 'validates', done: 'validated', undo };
    if (state === 'accepted' && acceptedBy !== null)
      return { field: 'acceptedBy', who: acceptedBy, does: 'accepts', done: 'accepted', undo };
    return null;
  },
};

/** One state after the other, and no more time by being found later. */
function becomesOf(becoming: Becoming<FindingFacts>): Fault[] {
  const { before, after } = becoming;
  const from = before?.state ?? 'open';
  if (before === null && after.state !== 'open')
    return [{ field: 'state', reason: 'A finding begins open.' }];
  if (after.state !== from && !findingMoves[from].includes(after.state))
    return [{ field: 'state', reason: `It can't go from ${from} to ${after.state}.` }];
  const faults = agreementFaults(agreement, becoming);
  if (before !== null && after.foundOn > before.foundOn)
    faults.push({
      field: 'foundOn',
      reason: `It was found on ${before.foundOn}; a later day would give it more time. Where it takes longer, give the day by which it is due and why.`,
    });
  const isLater = before !== null && dueOf(after) > dueOf(before);
  if (isLater && faults.length === 0 && (becoming.texts.after['extension'] ?? '') === '')
    faults.push({
      field: 'dueOn',
      reason: `It was due on ${dueOf(before)} and would be due on ${dueOf(after)}. Give that day, and write why it takes longer.`,
    });
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
  agreement,
  keptBecause: ({ state }) =>
    state === 'validated' || state === 'accepted'
      ? null
      : 'A finding is retired once its remedy is validated, or another person than its owner has accepted it.',
};
