import { expect, test } from 'vitest';
import { FLOOR_MS, longestIn, TURN_EVENT, turnsIn } from './long-turns.ts';

const turns = [
  { at: 100, ms: 30, cpuMs: 20 },
  { at: 150, ms: 12, cpuMs: 12 },
  { at: 400, ms: 90, cpuMs: 1 },
];

test('turns are read from among everything else that a party wrote', () => {
  const written = [
    '{"event":"ready"}',
    ...turns.map((turn) => JSON.stringify({ event: TURN_EVENT, ...turn })),
    'something else',
    '',
  ];
  expect(turnsIn(written.join('\n'))).toEqual(turns);
});

test('a turn counts for every span that it reached into, and for no other', () => {
  expect(longestIn(turns, { from: 90, to: 200 })).toEqual({ ms: 30, cpuMs: 20 });
  expect(longestIn(turns, { from: 101, to: 200 })).toEqual({ ms: 12, cpuMs: 12 });
  expect(longestIn(turns, { from: 200, to: 309 })).toEqual({ ms: FLOOR_MS, cpuMs: FLOOR_MS });
  expect(longestIn(turns, { from: 200, to: 311 })).toEqual({ ms: 90, cpuMs: FLOOR_MS });
});
