import { describe, expect, test } from 'vitest';
import { findLockout, isReleaseShut, type Lockout } from './lockout.ts';
import type { Policy, PolicyConditions, PolicyRule, Requirement } from './policy.ts';
import type { Roster, RosterPerson } from './roster.ts';
import { at, personIdOf, personWith, policy, roster, type Name } from './testing/sample.ts';

const DAY = 86_400;
const approve = (people: number): Requirement => ({
  group: 'control',
  decision: 'approve',
  people,
});
const cosign = (people: number): Requirement => ({ group: 'custody', decision: 'cosign', people });

const withPeople = (...people: RosterPerson[]): Roster => ({ ...roster, people });
const withNames = (...names: Name[]): Roster =>
  withPeople(...names.map((name) => personWith(name)));
const withRules = (...rules: PolicyRule[]): Policy => ({ ...policy, rules });

const rule = (
  id: string,
  needs: Requirement[] | 'deny',
  when: Partial<PolicyConditions> = {},
): PolicyRule => ({
  id,
  name: id,
  when: { kinds: ['roster-change', 'policy-change', 'release'], ...when },
  outcome: needs === 'deny' ? { effect: 'deny', reason: 'closed' } : { effect: 'allow', needs },
});
const usual = rule('usual', [approve(2), cosign(1)]);

type Hours = NonNullable<PolicyConditions['hours']>;
const everyDay = [1, 2, 3, 4, 5, 6, 7];
const hours = (
  from: string,
  to: string,
  changes: Partial<Hours> = {},
): Partial<PolicyConditions> => ({
  hours: { zone: 'UTC', days: everyDay, from, to, holds: 'inside', ...changes },
});

test('the sample can be changed by its people, and a freeze of it released', () => {
  expect(findLockout(roster, policy)).toBeNull();
  expect(isReleaseShut(policy)).toBe(false);
});

describe('people enough are those who are needed, and one more who raises', () => {
  const four = withRules(usual);
  test.each<[string, Roster, Lockout | null]>([
    ['a third approver', withNames('raisa', 'adam', 'carl', 'cora'), null],
    ['an administrator', withNames('raisa', 'adam', 'cora', 'anna'), null],
    ['an officer of a group that is not needed', withNames('raisa', 'adam', 'cora', 'remy'), null],
    ['nobody but those in the quorum', withNames('raisa', 'adam', 'cora'), 'roster-change'],
    ['an auditor, who raises nothing', withNames('raisa', 'adam', 'cora', 'otto'), 'roster-change'],
    ['too few approvers', withNames('raisa', 'cora', 'kim', 'anna'), 'roster-change'],
    ['no co-signer', withNames('raisa', 'adam', 'carl', 'anna'), 'roster-change'],
  ])('%s', (_, people, lockout) => expect(findLockout(people, four)).toBe(lockout));

  test('a need of a group for two decisions takes two sets of people', () => {
    const both = withRules(
      rule('both', [approve(1), cosign(1), { ...cosign(1), group: 'control' }]),
    );
    expect(findLockout(withNames('raisa', 'cora', 'anna'), both)).toBe('roster-change');
    expect(findLockout(withNames('raisa', 'adam', 'cora', 'anna'), both)).toBeNull();
  });

  test.each<[string, Partial<RosterPerson>]>([
    ['whose own grant ends', { notAfter: at(10 * 365 * DAY) }],
    ['without a key', { credentials: [] }],
    [
      'whose key is revoked',
      { credentials: personWith('carl').credentials.map((key) => ({ ...key, revokedAt: at(0) })) },
    ],
    [
      'whose key ends',
      {
        credentials: personWith('carl').credentials.map((key) => ({ ...key, notAfter: at(DAY) })),
      },
    ],
  ])('somebody %s is nobody', (_, changes) => {
    const people = ['raisa', 'adam', 'cora'] as const;
    const carl = { ...personWith('carl'), ...changes };
    expect(findLockout(withPeople(...people.map((name) => personWith(name)), carl), four)).toBe(
      'roster-change',
    );
  });

  test('a delegation makes nobody a member, because it ends', () => {
    const people = {
      ...withNames('raisa', 'cora', 'anna', 'otto'),
      delegations: [
        { from: personIdOf('raisa'), to: personIdOf('otto'), notAfter: at(10_000 * DAY) },
      ],
    };
    expect(findLockout(people, four)).toBe('roster-change');
  });
});

describe('the first rule that matches decides, whatever comes after it', () => {
  test.each<[string, Policy, Lockout | null]>([
    ['a rule that can be met', withRules(usual), null],
    [
      'no rule',
      withRules(rule('other', [approve(1), cosign(1)], { kinds: ['release'] })),
      'roster-change',
    ],
    ['a denial before it', withRules(rule('no', 'deny'), usual), 'roster-change'],
    ['a denial after it', withRules(usual, rule('no', 'deny')), null],
    [
      'one before it that nobody can meet',
      withRules(rule('all', [approve(9), cosign(1)]), usual),
      'roster-change',
    ],
    [
      'one before it for the other kind',
      withRules(rule('all', [approve(9), cosign(1)], { kinds: ['policy-change'] }), usual),
      'policy-change',
    ],
    [
      'one before it that looks at what such a change does not have',
      withRules(
        rule('no', 'deny', { assets: ['SOL'] }),
        rule('no-2', 'deny', { risks: ['low', 'medium', 'high', 'severe'] }),
        rule('no-3', 'deny', { eurCentsAbove: '0' }),
        rule('no-4', 'deny', { destinationYoungerThan: DAY }),
        rule('no-5', 'deny', {
          assets: ['SOL'],
          velocity: { scope: 'asset', hours: 1, above: '0' },
        }),
        usual,
      ),
      null,
    ],
  ])('%s', (_, candidate, lockout) => expect(findLockout(roster, candidate)).toBe(lockout));
});

describe('hours come round again, or they do not', () => {
  test.each<[string, Policy, Lockout | null]>([
    [
      'a rule for office hours only',
      withRules({ ...usual, when: { ...usual.when, ...hours('09:00', '17:00', { days: [1] }) } }),
      null,
    ],
    [
      'denials that leave an hour',
      withRules(
        rule('a', 'deny', hours('00:00', '12:00')),
        rule('b', 'deny', hours('13:00', '00:00')),
        usual,
      ),
      null,
    ],
    [
      'denials that together are the whole day',
      withRules(
        rule('a', 'deny', hours('00:00', '12:00')),
        rule('b', 'deny', hours('12:00', '00:00')),
        usual,
      ),
      'roster-change',
    ],
    [
      'a denial outside a minute of Monday night',
      withRules(rule('a', 'deny', hours('03:01', '03:02', { days: [1], holds: 'outside' })), usual),
      'roster-change',
    ],
    [
      'rules by hours that nobody can meet, before one without',
      withRules(
        rule('a', [approve(9), cosign(1)], hours('06:00', '18:00')),
        rule('b', [approve(9), cosign(1)], hours('18:00', '06:00')),
        usual,
      ),
      'roster-change',
    ],
    [
      'a day and a night in two zones, which leave an hour in summer and none in winter',
      withRules(
        rule('a', 'deny', hours('07:00', '00:00', { zone: 'UTC' })),
        rule('b', 'deny', hours('01:00', '08:00', { zone: 'Europe/Zurich' })),
        usual,
      ),
      'roster-change',
    ],
    [
      'the same with an hour left in both',
      withRules(
        rule('a', 'deny', hours('07:00', '23:00', { zone: 'UTC' })),
        rule('b', 'deny', hours('01:00', '08:00', { zone: 'Europe/Zurich' })),
        usual,
      ),
      null,
    ],
  ])('%s', (_, candidate, lockout) => expect(findLockout(roster, candidate)).toBe(lockout));
});

describe('what was stated must still count when the wait is over and the hours are open', () => {
  const lasting = (lifetime: number, lock: number | undefined, ...rules: PolicyRule[]): Policy => ({
    ...policy,
    rules,
    lifetimes: { ...policy.lifetimes, 'roster-change': lifetime, 'policy-change': lifetime },
    ...(lock === undefined ? {} : { timeLockSeconds: lock }),
  });
  const mondays = { ...usual, when: { ...usual.when, ...hours('09:00', '17:00', { days: [1] }) } };
  const slow: PolicyRule = {
    ...usual,
    outcome: { effect: 'allow', needs: [approve(1), cosign(1)], delaySeconds: DAY },
  };
  test.each<[string, Policy, Lockout | null]>([
    ['five minutes for three people', lasting(300, undefined, usual), null],
    ['less', lasting(299, undefined, usual), 'roster-change'],
    ['a time-lock and five minutes', lasting(DAY + 300, DAY, usual), null],
    ['less than that', lasting(DAY + 299, DAY, usual), 'roster-change'],
    ["a rule's own wait and five minutes", lasting(DAY + 300, undefined, slow), null],
    ['less than that', lasting(DAY + 299, undefined, slow), 'roster-change'],
    [
      'Mondays only, a wait of two days, a week and an hour',
      lasting(7 * DAY + 3600, 2 * DAY, mondays),
      null,
    ],
    [
      'Mondays only, a wait of two days, four days',
      lasting(4 * DAY, 2 * DAY, mondays),
      'roster-change',
    ],
    ['Mondays only, a wait of an hour, two hours', lasting(7200, 3600, mondays), null],
  ])('%s', (_, candidate, lockout) => expect(findLockout(roster, candidate)).toBe(lockout));
});

describe('a freeze that no number of people could release', () => {
  const without = policy.rules.filter(({ id }) => id !== 'release');
  const [release] = policy.rules.filter(({ id }) => id === 'release');
  if (!release) throw new Error('sample is incomplete');
  test.each<[string, Policy, boolean]>([
    ['no rule', withRules(...without), true],
    ['a denial', withRules(rule('no', 'deny', { kinds: ['release'] }), ...policy.rules), true],
    [
      'denials that together are the whole day',
      withRules(
        rule('a', 'deny', { kinds: ['release'], ...hours('00:00', '12:00') }),
        rule('b', 'deny', { kinds: ['release'], ...hours('12:00', '00:00') }),
        ...policy.rules,
      ),
      true,
    ],
    [
      'more people than there are now, who can be added',
      withRules(...without, rule('many', [approve(20), cosign(20)])),
      false,
    ],
  ])('%s', (_, candidate, shut) => expect(isReleaseShut(candidate)).toBe(shut));
});
