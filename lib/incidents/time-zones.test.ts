import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  dayAfter,
  dayWords,
  instantAt,
  instantsAt,
  isoIn,
  isTimeZone,
  localOf,
  localWords,
  readInstant,
} from './time-zones.ts';

const zones = [
  'Europe/Berlin',
  'Europe/Dublin',
  'Europe/Athens',
  'Atlantic/Azores',
  'Atlantic/Reykjavik',
  'America/Sao_Paulo',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'Australia/Lord_Howe',
  'UTC',
];
const instants = fc.integer({
  min: Date.parse('2000-01-01T00:00:00Z'),
  max: Date.parse('2199-12-31T23:59:59Z'),
});
const iso = (instant: number): string => new Date(instant).toISOString();

test('the hour that clocks skip in spring has no instant, and a limit in it is the moment of the jump', () => {
  expect(instantsAt('2026-03-29', '02:30:00', 'Europe/Berlin')).toEqual([]);
  expect(iso(instantAt('2026-03-29', '02:30:00', 'Europe/Berlin'))).toBe(
    '2026-03-29T01:00:00.000Z',
  );
  // The day that Samoa left out when it moved across the date line.
  expect(instantsAt('2011-12-30', '12:00:00', 'Pacific/Apia')).toEqual([]);
  expect(iso(instantAt('2011-12-30', '12:00:00', 'Pacific/Apia'))).toBe('2011-12-30T10:00:00.000Z');
});

test('the hour that clocks repeat in autumn has two instants, and a limit in it is the first', () => {
  expect(instantsAt('2026-10-25', '02:30:00', 'Europe/Berlin').map(iso)).toEqual([
    '2026-10-25T00:30:00.000Z',
    '2026-10-25T01:30:00.000Z',
  ]);
  expect(isoIn(instantAt('2026-10-25', '02:30:00', 'Europe/Berlin'), 'Europe/Berlin')).toBe(
    '2026-10-25T02:30:00+02:00',
  );
});

test('every instant is read back from what the clock of any zone showed', () => {
  fc.assert(
    fc.property(instants, fc.constantFrom(...zones), (instant, zone) => {
      expect(readInstant(isoIn(instant, zone))).toEqual({ ok: true, instant });
      const { day, time, millisecond } = localOf(instant, zone);
      expect(instantsAt(day, time, zone)).toContain(instant - millisecond);
      expect(instantAt(day, time, zone)).toBeLessThanOrEqual(instant);
    }),
    { numRuns: 2_000 },
  );
});

test('an instant is written by the clock of the zone, with its offset', () => {
  const instant = Date.parse('2026-06-09T07:00:00.120Z');
  expect(isoIn(instant, 'Europe/Berlin')).toBe('2026-06-09T09:00:00.120+02:00');
  expect(isoIn(instant, 'Atlantic/Reykjavik')).toBe('2026-06-09T07:00:00.120+00:00');
  expect(isoIn(instant, 'Asia/Kathmandu')).toBe('2026-06-09T12:45:00.120+05:45');
  expect(isoIn(Date.parse('2026-01-01T00:30:00Z'), 'America/St_Johns')).toBe(
    '2025-12-31T21:00:00-03:30',
  );
  expect(localWords(Date.parse('2026-06-09T13:30:00Z'), 'Europe/Berlin')).toBe(
    'Tuesday 9 June 2026, 15:30 (+02:00)',
  );
  expect(dayWords('2026-06-14')).toBe('Sunday 14 June 2026');
  expect(dayAfter('2028-02-28')).toBe('2028-02-29');
  expect(dayAfter('2026-12-31')).toBe('2027-01-01');
});

test('what is no instant, has no offset or cannot be is told apart', () => {
  const fault = (text: unknown) => {
    const read = readInstant(text);
    return read.ok ? 'read' : read.fault;
  };
  expect(fault('2026-06-09T09:00:00')).toBe('no-offset');
  expect(fault('2026-06-09T09:00')).toBe('no-offset');
  expect(fault('2026-06-09')).toBe('no-offset');
  expect(fault('2026-02-30T09:00:00Z')).toBe('impossible');
  expect(fault('2026-13-01T09:00:00Z')).toBe('impossible');
  expect(fault('2026-06-09T24:00:00Z')).toBe('impossible');
  expect(fault('2026-06-09T09:60:00Z')).toBe('impossible');
  expect(fault('2026-06-09T09:00:60Z')).toBe('impossible');
  expect(fault('2026-06-09T09:00:00+25:00')).toBe('impossible');
  for (const none of ['', 'yesterday', '9 June 2026', 1, null, undefined, '2026-06-09T09:00:00Z '])
    expect(fault(none)).toBe('no-instant');
  expect(fault('2026-06-09T09:00Z')).toBe('read');
  expect(fault('2026-06-09T09:00:00.123456789+02:00')).toBe('read');
});

test('only names of zones are zones', () => {
  for (const zone of zones) expect(isTimeZone(zone)).toBe(true);
  for (const none of ['', '+01:00', 'Europe/Nowhere', 'x'.repeat(100), 1, null])
    expect(isTimeZone(none)).toBe(false);
});

test('many zones one after another are all right, however few are kept', () => {
  for (const zone of Intl.supportedValuesOf('timeZone'))
    expect(readInstant(isoIn(0, zone))).toEqual(
      // Liberia was 44 minutes and 30 seconds behind until 1972, which no offset of whole minutes says.
      zone === 'Africa/Monrovia'
        ? { ok: true, instant: expect.any(Number) }
        : { ok: true, instant: 0 },
    );
});
