import { expect, it } from 'vitest';
import { adequacyDecisions, adequacyOn, type AdequacyDecision } from './adequacy.ts';

const on = (
  of: string,
  today: string,
  said: { certified?: boolean; commercial?: boolean } = {},
  warnDays = 180,
) =>
  adequacyOn(
    { of, certified: said.certified ?? null, commercial: said.commercial ?? null },
    { today, warnDays },
  ).is;

it('the United States are adequate only for certified recipients, from the day of the decision', () => {
  expect(on('US', '2026-11-29', { certified: true })).toBe('adequate');
  expect(on('US', '2026-11-29')).toBe('not-for-them');
  expect(on('US', '2026-11-29', { certified: false })).toBe('not-for-them');
  expect(on('US', '2023-07-09', { certified: true })).toBe('not-yet');
});

it('Canada is adequate only for commercial organisations', () => {
  expect(on('CA', '2026-11-29', { commercial: true })).toBe('adequate');
  expect(on('CA', '2026-11-29', { certified: true })).toBe('not-for-them');
});

it('the United Kingdom is adequate until 27 December 2031, that day included, and warned of before', () => {
  expect(on('GB', '2026-11-29')).toBe('adequate');
  expect(on('GB', '2031-06-29')).toBe('adequate');
  expect(on('GB', '2031-06-30')).toBe('ending');
  expect(on('GB', '2031-06-29', {}, 365)).toBe('ending');
  expect(on('GB', '2031-12-27')).toBe('ending');
  expect(on('GB', '2031-12-28')).toBe('ended');
});

it('Brazil and the European Patent Organisation are adequate from their day on, others without a decision never', () => {
  expect(on('BR', '2026-01-26')).toBe('not-yet');
  expect(on('BR', '2026-01-27')).toBe('adequate');
  expect(on('epo', '2025-07-15')).toBe('adequate');
  expect(on('SG', '2026-11-29')).toBe('none');
});

it('a decision that is renewed before it ends is not warned of, and a gap between two is', () => {
  const line = (from: string, until: string | null): AdequacyDecision => ({
    of: 'XX',
    name: 'Somewhere',
    from,
    until,
    scope: 'all',
    source: 'test',
  });
  const of = { of: 'XX', certified: null, commercial: null };
  const about = { today: '2026-06-01', warnDays: 60 };
  const first = line('2020-01-01', '2026-06-30');
  expect(adequacyOn(of, about, [first, line('2026-07-01', '2030-01-01')]).is).toBe('adequate');
  expect(adequacyOn(of, about, [first, line('2026-07-02', null)]).is).toBe('ending');
  expect(adequacyOn(of, { ...about, today: '2026-07-01' }, [first]).is).toBe('ended');
});

it('every decision has its day and source, and ends after it began', () => {
  for (const { from, until, source, name } of adequacyDecisions) {
    expect(from, name).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    if (until !== null) expect(until > from).toBe(true);
    expect(source.length).toBeGreaterThan(10);
  }
  expect(adequacyDecisions).toHaveLength(17);
});
