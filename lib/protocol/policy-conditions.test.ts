import { describe, expect, test } from 'vitest';
import { conditionNames, findUnmet, wallClock, type ConditionName } from './policy-conditions.ts';
import type { PolicyFacts } from './policy-facts.ts';
import { evaluatePolicy, type PolicyConditions } from './policy.ts';
import { NOW, policy } from './testing/sample.ts';

const facts: PolicyFacts = {
  kind: 'withdrawal',
  asset: 'SOL',
  amount: '100',
  tier: 'warm',
  vault: 'warm-1',
  client: 'C-20418',
  destination: { class: 'client-wallet', ageSeconds: 600, firstUse: false },
  eurCents: '5000',
  risk: 'medium',
  standing: 'good',
  shortfall: '700',
  spent: [{ scope: 'asset', hours: 24, amount: '900' }],
  now: NOW,
};
type When = Omit<PolicyConditions, 'kinds'>;
const unmetBy = (when: When, changes: Partial<PolicyFacts> = {}) =>
  findUnmet({ kinds: ['withdrawal'], ...when }, { ...facts, ...changes });
const sol: When = { assets: ['SOL'] };
const velocity = (above: string, hours = 24): When => ({
  velocity: { scope: 'asset', hours, above },
});

describe('each condition holds on one side of its bound only', () => {
  test.each<[ConditionName, string, When, When]>([
    ['asset', 'in the list', { assets: ['USDC', 'SOL'] }, { assets: ['USDC'] }],
    ['tier', 'in the list', { tiers: ['hot', 'warm'] }, { tiers: ['hot', 'cold'] }],
    ['vault', 'in the list', { vaults: ['warm-1'] }, { vaults: ['warm-2', 'warm-10'] }],
    ['client', 'in the list', { clients: ['C-20418'] }, { clients: ['C-20419'] }],
    ['amount', 'above, not at', { ...sol, amountAbove: '99' }, { ...sol, amountAbove: '100' }],
    [
      'destination-class',
      'in the list',
      { destinationClasses: ['client-wallet'] },
      { destinationClasses: ['exchange'] },
    ],
    [
      'destination-age',
      'younger, not as old',
      { destinationYoungerThan: 601 },
      { destinationYoungerThan: 600 },
    ],
    ['first-use', 'one or the other', { firstUse: false }, { firstUse: true }],
    [
      'velocity',
      'with this operation, above, not at',
      { ...sol, ...velocity('999') },
      { ...sol, ...velocity('1000') },
    ],
    ['eur', 'above, not at', { eurCentsAbove: '4999' }, { eurCentsAbove: '5000' }],
    ['risk', 'in the list', { risks: ['low', 'medium'] }, { risks: ['high', 'severe'] }],
    [
      'standing',
      'in the list',
      { standings: ['good'] },
      { standings: ['under-review', 'blocked'] },
    ],
    [
      'shortfall',
      'above, not at',
      { ...sol, shortfallAbove: '699' },
      { ...sol, shortfallAbove: '700' },
    ],
  ])('%s: %s', (name, _, holding, missing) => {
    expect(unmetBy(holding)).toEqual({ unmet: null, isMissing: false });
    expect(unmetBy(missing)).toEqual({ unmet: name, isMissing: false });
  });

  test('kind: in the list', () => {
    expect(findUnmet({ kinds: ['release', 'withdrawal'] }, facts).unmet).toBeNull();
    expect(findUnmet({ kinds: ['release'] }, facts).unmet).toBe('kind');
  });

  test('amounts are compared as numbers of any size, not as text', () => {
    expect(unmetBy({ ...sol, amountAbove: '99' }, { amount: '1000' }).unmet).toBeNull();
    const huge = '9'.repeat(78);
    expect(
      unmetBy({ ...sol, amountAbove: `${huge.slice(0, -1)}8` }, { amount: huge }).unmet,
    ).toBeNull();
    expect(unmetBy({ ...sol, amountAbove: huge }, { amount: huge }).unmet).toBe('amount');
  });

  test('a window is the one that was asked for, whatever else was counted', () => {
    const spent: PolicyFacts['spent'] = [
      { scope: 'vault', hours: 24, amount: '99999' },
      { scope: 'asset', hours: 1, amount: '99999' },
      { scope: 'asset', hours: 24, amount: '0' },
    ];
    expect(unmetBy({ ...sol, ...velocity('100') }, { spent }).unmet).toBe('velocity');
    expect(unmetBy({ ...sol, ...velocity('99') }, { spent }).unmet).toBeNull();
  });
});

describe('a fact that is missing is answered by nobody', () => {
  const missing = (
    name: 'destination' | 'eurCents' | 'risk' | 'standing' | 'shortfall',
  ): Partial<PolicyFacts> => {
    const { [name]: _left, ...rest } = facts;
    return { ...Object.fromEntries(Object.keys(facts).map((key) => [key, undefined])), ...rest };
  };
  const cases: [ConditionName, When, Partial<PolicyFacts>][] = [
    ['destination-class', { destinationClasses: ['exchange'] }, missing('destination')],
    ['destination-age', { destinationYoungerThan: 1 }, missing('destination')],
    ['first-use', { firstUse: true }, missing('destination')],
    ['velocity', { ...sol, ...velocity('999999') }, { spent: [] }],
    ['eur', { eurCentsAbove: '999999' }, missing('eurCents')],
    ['risk', { risks: ['severe'] }, missing('risk')],
    ['standing', { standings: ['blocked'] }, missing('standing')],
    ['shortfall', { ...sol, shortfallAbove: '999999' }, missing('shortfall')],
  ];
  test.each(cases)('%s', (name, when, changes) => {
    expect(unmetBy(when, changes)).toEqual({ unmet: name, isMissing: true });
  });

  test.each(cases)('%s: unless the rule can not match anyway', (_, when, changes) => {
    expect(unmetBy({ ...when, tiers: ['cold'] }, changes)).toEqual({
      unmet: 'tier',
      isMissing: false,
    });
    // Also where the condition that fails is asked for after it.
    if (!when.standings)
      expect(
        unmetBy({ ...when, standings: ['blocked'] }, { standing: 'good', ...changes }).isMissing,
      ).toBe(false);
  });

  test('so a denial that looks at a fact can not be dodged by keeping the fact back', () => {
    const [usual] = policy.rules;
    if (!usual) throw new Error('sample is incomplete');
    const rules = [
      {
        ...usual,
        id: 'dear',
        when: { ...usual.when, eurCentsAbove: '1' },
        outcome: { effect: 'deny' as const, reason: 'dear' },
      },
      usual,
    ];
    const { eurCents: _kept, ...without } = facts;
    const verdict = evaluatePolicy({ ...policy, rules }, without);
    expect(verdict).toMatchObject({ outcome: { effect: 'deny' }, rule: null, missing: 'eur' });
    expect(verdict.trace).toEqual([{ rule: 'dear', matched: false, unmet: 'eur' }]);
  });
});

describe('a fact that does not apply holds no condition', () => {
  test.each<[ConditionName, When, Partial<PolicyFacts>]>([
    ['asset', { assets: ['SOL'] }, { asset: null }],
    ['tier', { tiers: ['hot', 'warm', 'cold'] }, { tier: null }],
    ['vault', { vaults: ['warm-1'] }, { vault: null }],
    ['client', { clients: ['C-20418'] }, { client: null }],
    ['amount', { ...sol, amountAbove: '0' }, { amount: null }],
    [
      'destination-class',
      { destinationClasses: ['client-wallet', 'exchange', 'custodian', 'other'] },
      { destination: null },
    ],
    ['destination-age', { destinationYoungerThan: 2_678_400 }, { destination: null }],
    ['first-use', { firstUse: false }, { destination: null }],
    ['first-use', { firstUse: true }, { destination: null }],
    ['velocity', { ...sol, ...velocity('0') }, { amount: null }],
    ['eur', { eurCentsAbove: '0' }, { eurCents: null }],
    ['risk', { risks: ['low', 'medium', 'high', 'severe'] }, { risk: null }],
    ['standing', { standings: ['good', 'under-review', 'blocked'] }, { standing: null }],
    ['shortfall', { ...sol, shortfallAbove: '0' }, { shortfall: null }],
  ])('%s', (name, when, changes) => {
    expect(unmetBy(when, changes)).toEqual({ unmet: name, isMissing: false });
  });
});

describe('hours are those on the wall of their zone', () => {
  type Hours = NonNullable<PolicyConditions['hours']>;
  const everyDay = [1, 2, 3, 4, 5, 6, 7];
  const isInside = (now: string, hours: Partial<Hours>): boolean => {
    const of: Hours = {
      zone: 'UTC',
      days: everyDay,
      from: '09:00',
      to: '17:00',
      holds: 'inside',
      ...hours,
    };
    const inside = unmetBy({ hours: of }, { now }).unmet === null;
    // What is not inside is outside.
    expect(unmetBy({ hours: { ...of, holds: 'outside' } }, { now }).unmet === null).toBe(!inside);
    return inside;
  };

  test('from the first minute to the last before the end', () => {
    expect(isInside('2026-03-02T08:59:59.999Z', {})).toBe(false);
    expect(isInside('2026-03-02T09:00:00.000Z', {})).toBe(true);
    expect(isInside('2026-03-02T16:59:59.999Z', {})).toBe(true);
    expect(isInside('2026-03-02T17:00:00.000Z', {})).toBe(false);
  });

  test('on the days named; 1 is Monday', () => {
    for (const day of everyDay) {
      const now = `2026-03-0${day + 1}T12:00:00.000Z`;
      expect(everyDay.filter((only) => isInside(now, { days: [only] }))).toEqual([day]);
    }
  });

  test('over midnight they belong to the day on which they begin', () => {
    const night = { from: '22:00', to: '06:00', days: [5] };
    // 6 March 2026 is a Friday.
    expect(isInside('2026-03-06T05:59:00.000Z', night)).toBe(false);
    expect(isInside('2026-03-06T21:59:59.999Z', night)).toBe(false);
    expect(isInside('2026-03-06T22:00:00.000Z', night)).toBe(true);
    expect(isInside('2026-03-07T00:00:00.000Z', night)).toBe(true);
    expect(isInside('2026-03-07T05:59:59.999Z', night)).toBe(true);
    expect(isInside('2026-03-07T06:00:00.000Z', night)).toBe(false);
    expect(isInside('2026-03-07T22:00:00.000Z', night)).toBe(false);
    // From Sunday into Monday as well.
    expect(isInside('2026-03-09T03:00:00.000Z', { ...night, days: [7] })).toBe(true);
    expect(isInside('2026-03-09T03:00:00.000Z', { ...night, days: [1] })).toBe(false);
    // Until midnight exactly.
    expect(isInside('2026-03-06T23:59:59.999Z', { from: '22:00', to: '00:00', days: [5] })).toBe(
      true,
    );
    expect(isInside('2026-03-07T00:00:00.000Z', { from: '22:00', to: '00:00', days: [5] })).toBe(
      false,
    );
  });

  test('Europe/Zurich: the hour that is left out in spring and comes twice in autumn', () => {
    const zurich = (from: string, to: string): Partial<Hours> => ({
      zone: 'Europe/Zurich',
      from,
      to,
    });
    // 29 March 2026: after 01:59 comes 03:00.
    expect(wallClock('Europe/Zurich', '2026-03-29T00:59:59.999Z')).toEqual({
      day: 7,
      time: '01:59',
    });
    expect(wallClock('Europe/Zurich', '2026-03-29T01:00:00.000Z')).toEqual({
      day: 7,
      time: '03:00',
    });
    expect(isInside('2026-03-29T00:59:00.000Z', zurich('02:00', '03:00'))).toBe(false);
    expect(isInside('2026-03-29T01:00:00.000Z', zurich('02:00', '03:00'))).toBe(false);
    expect(isInside('2026-03-29T07:00:00.000Z', zurich('09:00', '17:00'))).toBe(true);
    expect(isInside('2026-03-28T07:00:00.000Z', zurich('09:00', '17:00'))).toBe(false);
    // 25 October 2026: 02:00 to 02:59 comes twice, an hour apart.
    expect(isInside('2026-10-25T00:30:00.000Z', zurich('02:00', '03:00'))).toBe(true);
    expect(isInside('2026-10-25T01:30:00.000Z', zurich('02:00', '03:00'))).toBe(true);
    expect(isInside('2026-10-25T02:00:00.000Z', zurich('02:00', '03:00'))).toBe(false);
  });

  test('America/New_York: other days than in Zurich', () => {
    const office: Partial<Hours> = { zone: 'America/New_York', from: '09:00', to: '17:00' };
    // 8 March and 1 November 2026.
    expect(isInside('2026-03-07T13:59:00.000Z', office)).toBe(false);
    expect(isInside('2026-03-07T14:00:00.000Z', office)).toBe(true);
    expect(isInside('2026-03-08T13:00:00.000Z', office)).toBe(true);
    expect(wallClock('America/New_York', '2026-03-08T06:59:00.000Z').time).toBe('01:59');
    expect(wallClock('America/New_York', '2026-03-08T07:00:00.000Z').time).toBe('03:00');
    expect(isInside('2026-10-31T13:00:00.000Z', office)).toBe(true);
    expect(isInside('2026-11-01T13:00:00.000Z', office)).toBe(false);
    expect(wallClock('America/New_York', '2026-11-01T05:30:00.000Z').time).toBe('01:30');
    expect(wallClock('America/New_York', '2026-11-01T06:30:00.000Z').time).toBe('01:30');
  });

  test('a day further on or back than in UTC, over the end of a year', () => {
    expect(wallClock('Pacific/Auckland', '2026-12-31T11:00:00.000Z')).toEqual({
      day: 5,
      time: '00:00',
    });
    expect(wallClock('America/New_York', '2027-01-01T04:59:00.000Z')).toEqual({
      day: 4,
      time: '23:59',
    });
    const newYear: Partial<Hours> = {
      zone: 'Pacific/Auckland',
      days: [5],
      from: '00:00',
      to: '01:00',
    };
    expect(isInside('2026-12-31T10:59:59.999Z', newYear)).toBe(false);
    expect(isInside('2026-12-31T11:00:00.000Z', newYear)).toBe(true);
    expect(isInside('2026-12-31T12:00:00.000Z', newYear)).toBe(false);
  });

  test('where a zone left out a whole day at the end of a year, and where it changed its offset then', () => {
    // Samoa went from Thursday 29 to Saturday 31 December 2011; Caracas moved by half an hour in 2007.
    expect(wallClock('Pacific/Apia', '2011-12-30T09:59:59.999Z')).toEqual({
      day: 4,
      time: '23:59',
    });
    expect(wallClock('Pacific/Apia', '2011-12-30T10:00:00.000Z')).toEqual({
      day: 6,
      time: '00:00',
    });
    const friday: Partial<Hours> = { zone: 'Pacific/Apia', days: [5], from: '00:00', to: '23:59' };
    for (let hour = 0; hour < 48; hour += 1)
      expect(isInside(new Date(Date.UTC(2011, 11, 29, 12 + hour)).toISOString(), friday)).toBe(
        false,
      );
    expect(wallClock('America/Caracas', '2007-12-09T06:59:00.000Z').time).toBe('02:59');
    expect(wallClock('America/Caracas', '2007-12-09T07:00:00.000Z').time).toBe('02:30');
  });

  test('a zone with quarters of an hour', () => {
    expect(wallClock('Asia/Kathmandu', '2026-03-02T18:14:59.999Z')).toEqual({
      day: 1,
      time: '23:59',
    });
    expect(wallClock('Asia/Kathmandu', '2026-03-02T18:15:00.000Z')).toEqual({
      day: 2,
      time: '00:00',
    });
  });
});

test('every condition has a name that is tried here', () => {
  expect(conditionNames).toHaveLength(15);
});
