import { describe, expect, it } from 'vitest';
import { addMonths, clockEnd, readClock } from './clock.ts';

const at = (text: string): Date => new Date(text);
/** A Friday. */
const friday = at('2026-11-27T15:00:00.000Z');

describe('where a clock ends', () => {
  it('business days leave the weekend out and run to the end of the last day', () => {
    expect(clockEnd('complaintAcknowledged', friday).toISOString()).toBe(
      '2026-12-01T23:59:59.999Z',
    );
  });

  it.each([
    ['2026-11-30T10:00:00.000Z', 2, '2027-01-30T23:59:59.999Z'],
    ['2026-12-31T10:00:00.000Z', 2, '2027-02-28T23:59:59.999Z'],
    ['2027-12-31T10:00:00.000Z', 2, '2028-02-29T23:59:59.999Z'],
    ['2026-11-27T00:00:00.000Z', 12, '2027-11-27T23:59:59.999Z'],
  ])('%s and %s months end on %s', (from, months, end) => {
    expect(addMonths(at(from), months).toISOString()).toBe(end);
  });
});

describe('how a clock stands', () => {
  const read = (now: string, doneAt: string | null = null) =>
    readClock('complaintDecided', {
      from: at('2026-11-01T00:00:00.000Z'),
      doneAt: doneAt === null ? null : at(doneAt),
      now: at(now),
    }).state;

  it('is open first, due in its last fifth and overdue the moment after its end', () => {
    expect(read('2026-11-01T00:00:00.000Z')).toBe('open');
    expect(read('2026-12-18T00:00:00.000Z')).toBe('open');
    expect(read('2026-12-21T00:00:00.000Z')).toBe('due');
    expect(read('2027-01-01T23:59:59.999Z')).toBe('due');
    expect(read('2027-01-02T00:00:00.000Z')).toBe('overdue');
  });

  it('once done it stays met or late, however much time goes by', () => {
    expect(read('2030-01-01T00:00:00.000Z', '2027-01-01T23:59:59.999Z')).toBe('met');
    expect(read('2030-01-01T00:00:00.000Z', '2027-01-02T00:00:00.000Z')).toBe('late');
  });
});
