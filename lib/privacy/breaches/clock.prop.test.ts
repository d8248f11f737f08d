/** The 72 hours: whole, through weekends and changes of the clocks, and each mark warned of once. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { breachClock, dueWarning } from './clock.ts';

const hour = 3_600_000;
const running = {
  state: 'confirmed',
  suspectedAt: '2020-01-01T00:00:00Z',
  notifiedAt: null,
  clearedAt: null,
  warned: new Set<number>(),
} as const;
const instants = fc
  .integer({ min: Date.parse('2020-01-01T00:00:00Z'), max: Date.parse('2035-01-01T00:00:00Z') })
  .map((at) => new Date(Math.floor(at / 1000) * 1000));
const after = fc.integer({ min: 0, max: 200 * hour });
const at = (from: Date, ms: number) => new Date(from.getTime() + ms);

test('it ends exactly 72 hours after awareness, in every zone', () => {
  fc.assert(
    fc.property(
      instants,
      fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York'),
      (aware, zone) => {
        const { dueAt } = breachClock({ ...running, awareAt: aware.toISOString() }, aware, zone);
        expect(Date.parse(dueAt ?? '')).toBe(aware.getTime() + 72 * hour);
      },
    ),
  );
});

test('days and hours left add up to what is left, and it is overdue from the instant after its end', () => {
  fc.assert(
    fc.property(instants, after, (aware, passed) => {
      const { state, left } = breachClock(
        { ...running, awareAt: aware.toISOString() },
        at(aware, passed),
      );
      expect(state).toBe(passed > 72 * hour ? 'overdue' : 'running');
      const whole = ((left?.days ?? 0) * 24 + (left?.hours ?? 0)) * hour;
      const rest = Math.abs(72 * hour - passed) - whole;
      expect(rest >= 0 && rest < hour).toBe(true);
    }),
  );
});

test('the authority is told in time up to the 72nd hour and late after it, whatever happens since', () => {
  fc.assert(
    fc.property(instants, after, after, (aware, sent, seen) => {
      const told = {
        ...running,
        awareAt: aware.toISOString(),
        notifiedAt: at(aware, sent).toISOString(),
      };
      expect(breachClock(told, at(aware, sent + seen))).toMatchObject({
        state: sent <= 72 * hour ? 'met' : 'late',
        left: null,
      });
    }),
  );
});

test('looked at whenever, each of the marks is warned of at most once and none before its hour', () => {
  fc.assert(
    fc.property(instants, fc.array(after, { maxLength: 30 }), (aware, looks) => {
      const warned: number[] = [];
      for (const look of looks.toSorted((one, other) => one - other)) {
        const standing = { ...running, awareAt: aware.toISOString(), warned: new Set(warned) };
        const hours = dueWarning(standing, at(aware, look));
        if (hours === null) continue;
        expect(hours * hour).toBeLessThanOrEqual(look);
        warned.push(hours);
      }
      expect(warned).toEqual([...new Set(warned)].toSorted((one, other) => one - other));
      const last = Math.max(0, ...looks);
      expect(warned.at(-1) ?? 0).toBe([72, 60, 48, 24].find((hours) => hours * hour <= last) ?? 0);
    }),
  );
});

test('nothing is warned of that nobody is aware of, that was told or that was cleared', () => {
  const late = new Date('2026-06-20T00:00:00Z');
  const awareAt = '2026-06-10T00:00:00Z';
  expect(dueWarning({ ...running, state: 'suspected', awareAt: null }, late)).toBe(null);
  expect(dueWarning({ ...running, awareAt, notifiedAt: awareAt }, late)).toBe(null);
  expect(dueWarning({ ...running, awareAt, clearedAt: awareAt }, late)).toBe(null);
  expect(dueWarning({ ...running, awareAt }, late)).toBe(72);
});
