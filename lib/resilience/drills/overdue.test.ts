import { describe, expect, it } from 'vitest';
import { drillKindNames, drillKinds, handDrills } from './kinds.ts';
import { findDrillFaults, newerOf, type DrillStanding } from './overdue.ts';

const at = (day: string): Date => new Date(`${day}T12:00:00.000Z`);
const passed = (kind: DrillStanding['kind'], day: string): DrillStanding => ({
  kind,
  newest: { id: `${kind} of ${day}`, endedAt: at(day), passed: true, reason: null },
  passedAt: at(day),
});
const allPassed = (day: string) => drillKindNames.map((kind) => passed(kind, day));
const faults = (standings: readonly DrillStanding[], today: string, inUseSince = '2026-01-01') =>
  findDrillFaults(standings, { today, inUseSince }).map(({ kind, why, dueOn }) => [
    kind,
    why,
    dueOn,
  ]);

describe('a drill', () => {
  it('is in time on the day on which it is due, and overdue on the next', () => {
    expect(faults(allPassed('2026-03-01'), '2026-04-01')).toEqual([]);
    expect(faults(allPassed('2026-03-01'), '2026-04-02')).toEqual([
      ['restore', 'overdue', '2026-04-01'],
    ]);
  });

  it('that never passed is due as long after the console went into use', () => {
    expect(faults([], '2026-02-01')).toEqual([]);
    expect(faults([], '2026-02-02')).toEqual([['restore', 'overdue', '2026-02-01']]);
    expect(faults([], '2026-12-31').map(([kind]) => kind)).toEqual(drillKindNames);
  });

  it('that failed is a fault at once, and stays one beside being overdue until one passes', () => {
    const failed: DrillStanding = {
      kind: 'restore',
      newest: { id: 'x', endedAt: at('2026-03-10'), passed: false, reason: 'The disk is full.' },
      passedAt: at('2026-03-01'),
    };
    const others = allPassed('2026-03-01').filter(({ kind }) => kind !== 'restore');
    expect(faults([failed, ...others], '2026-03-10')).toEqual([
      ['restore', 'failed', '2026-04-01'],
    ]);
    expect(faults([failed, ...others], '2026-04-02')).toEqual([
      ['restore', 'failed', '2026-04-01'],
      ['restore', 'overdue', '2026-04-01'],
    ]);
    const [first] = findDrillFaults([failed], { today: '2026-03-10', inUseSince: '2026-03-01' });
    expect(first?.sentence).toBe(
      'The drill of 2026-03-10 failed: The disk is full. Remedy it and run `npm run drill:restore` again.',
    );
  });
});

it('what runs in a sandbox only says how it is held in production, and may be recorded by hand', () => {
  const [overdue] = findDrillFaults([], { today: '2026-12-31', inUseSince: '2026-01-01' }).filter(
    ({ kind }) => kind === 'signer-loss',
  );
  expect(overdue?.sentence).toMatch(
    /Hold it: in production by hand .* recorded as a test of a plan/,
  );
  const sandboxOnly = drillKindNames.filter((kind) => drillKinds[kind].sandboxOnly);
  expect(Object.keys(handDrills)).toEqual(sandboxOnly);
});

it('of what the console ran and people recorded the later counts, and the later that passed', () => {
  const failed = {
    ...passed('signer-loss', '2026-03-10'),
    newest: { id: 'x', endedAt: at('2026-03-10'), passed: false, reason: 'It hung.' },
    passedAt: null,
  };
  const recorded = passed('signer-loss', '2026-02-01');
  const both = { ...failed, passedAt: recorded.passedAt };
  expect(newerOf(failed, recorded)).toEqual(both);
  expect(newerOf(recorded, failed)).toEqual(both);
  expect(newerOf(recorded, { kind: 'signer-loss', newest: null, passedAt: null })).toEqual(
    recorded,
  );
});

it('every kind of drill comes at least once a year, as Art 11(6) asks', () => {
  for (const { everyDays } of Object.values(drillKinds)) expect(everyDays).toBeLessThanOrEqual(365);
});
