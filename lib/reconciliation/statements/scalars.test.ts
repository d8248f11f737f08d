import { expect, test } from 'vitest';
import { centsText, readCents, readSignedCents } from './cents.ts';
import { dayOf, isDay } from './calendar-day.ts';
import { isIban, shownIban } from './iban.ts';

/** Examples of the IBAN registry itself. */
const examples = [
  'AT611904300234573201',
  'BE68539007547034',
  'CH9300762011623852957',
  'DE89370400440532013000',
  'FR1420041010050500013M02606',
  'GB29NWBK60161331926819',
  'MT84MALT011000012345MTLCAST001S',
  'NL91ABNA0417164300',
  'NO9386011117947',
];

test.each(examples)('%s is an IBAN, and with any one digit changed it is none', (iban) => {
  expect(isIban(iban)).toBe(true);
  for (let at = 2; at < iban.length; at += 1) {
    const digit = iban.charAt(at);
    if (!/[0-9]/.test(digit)) continue;
    const other = String((Number(digit) + 1) % 10);
    expect(isIban(iban.slice(0, at) + other + iban.slice(at + 1))).toBe(false);
  }
});

test.each([
  '',
  'AT',
  'AT61 1904 3002 3457 3201',
  'at611904300234573201',
  'AT6119043002345732010',
  'XX00000000000000',
])('“%s” is no IBAN', (text) => expect(isIban(text)).toBe(false));

test('an IBAN is shown in groups of four', () => {
  expect(shownIban('NO9386011117947')).toBe('NO93 8601 1117 947');
});

test('amounts are read in whole cents, and nothing is rounded', () => {
  expect(readCents('0.5')).toBe(50n);
  expect(readCents('12')).toBe(1_200n);
  expect(readCents('12.34000')).toBe(1_234n);
  expect(readCents('12,34', 'comma')).toBe(1_234n);
  expect(readSignedCents('-12,34', 'comma')).toBe(-1_234n);
  for (const text of ['', '.5', '5.', '12.345', '1,000.00', '1e3', ' 1', '0x10', '-1', '١'])
    expect(readCents(text)).toBeNull();
  expect(readSignedCents('--1', 'point')).toBeNull();
  expect(centsText(-5n)).toBe('-0.05');
});

test('days are days of the calendar, and of a moment the day that the bank wrote', () => {
  expect(isDay('2024-02-29')).toBe(true);
  for (const text of ['2026-02-29', '2026-13-01', '2026-1-1', '0026-01-01', '2026-11-27 '])
    expect(isDay(text)).toBe(false);
  expect(dayOf('2026-11-27T23:59:59.999+14:00')).toBe('2026-11-27');
  expect(dayOf('2026-11-27Z')).toBe('2026-11-27');
  expect(dayOf('2026-11-27T24:00:01')).toBeNull();
  expect(dayOf('2026-11-27x')).toBeNull();
});
