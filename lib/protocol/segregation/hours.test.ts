import { expect, test } from 'vitest';
import { hoursHold } from '../policy-conditions.ts';
import type { Policy, PolicyConditions } from '../policy.ts';
import { policy as sample } from '../testing/sample.ts';
import { typicalInstants } from './hours.ts';

type Hours = NonNullable<PolicyConditions['hours']>;
const workdays = [1, 2, 3, 4, 5];

const withHours = (all: readonly Hours[]): Policy => ({
  ...sample,
  rules: all.map((hours, place) => ({
    id: `rule-${place}`,
    name: 'At these hours',
    when: { kinds: ['withdrawal'], hours },
    outcome: { effect: 'deny', reason: 'Not this.' },
  })),
});

const inside = (zone: string, days: number[], from: string, to: string): Hours => ({
  zone,
  days,
  from,
  to,
  holds: 'inside',
});

/** How all of the hours stand at an instant. */
const standing = (all: readonly Hours[], now: string): string =>
  all.map((hours) => Number(hoursHold(hours, now))).join('');

function everyQuarter(from: number, to: number): string[] {
  const instants: string[] = [];
  for (let at = from; at < to; at += 15 * 60_000) instants.push(new Date(at).toISOString());
  return instants;
}

test('without hours one instant stands for all', () => {
  expect(typicalInstants(sample)).toHaveLength(1);
});

test.each<[string, Hours[]]>([
  ['one zone', [inside('Europe/Vienna', workdays, '09:00', '17:00')]],
  [
    'over midnight and at the edges of days',
    [
      inside('UTC', [7], '22:30', '06:15'),
      inside('UTC', [1], '00:00', '06:00'),
      { ...inside('UTC', [3, 4], '23:45', '00:00'), holds: 'outside' },
    ],
  ],
  [
    'zones that change their clocks on different days, or not at all',
    [
      inside('Europe/Vienna', workdays, '14:00', '15:00'),
      inside('America/New_York', workdays, '08:00', '09:00'),
      inside('Asia/Kathmandu', [1, 7], '18:45', '19:30'),
    ],
  ],
])('the instants show all that a year shows: %s', (_, all) => {
  const year = everyQuarter(Date.UTC(2026, 0, 5), Date.UTC(2027, 0, 4));
  const seen = new Set(year.map((now) => standing(all, now)));
  const shown = typicalInstants(withHours(all)).map((now) => standing(all, now));
  expect(new Set(shown)).toEqual(seen);
  expect(shown).toHaveLength(seen.size);
});
