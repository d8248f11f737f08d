import fc from 'fast-check';
import { expect, test } from 'vitest';
import { euidFault, isEuid, isLei, leiFault } from './identifiers.ts';

const good = '7LTWFZYICNSX8D621K86';

test('an LEI with the right check digits is one, and any other digit in its place makes it none', () => {
  expect(isLei(good)).toBe(true);
  expect(leiFault(good)).toBeNull();
  fc.assert(
    fc.property(fc.nat(19), fc.constantFrom(...'0123456789ABCXYZ'.split('')), (at, character) => {
      fc.pre(good[at] !== character);
      expect(isLei(good.slice(0, at) + character + good.slice(at + 1))).toBe(false);
    }),
  );
});

test.each([
  ['7LTWFZYICNSX8D621K8', '19'],
  ['7ltwfzyicnsx8d621k86', 'capital'],
  ['7LTWFZYICNSX8D621KXX', 'two check digits'],
  ['7LTWFZYICNSX8D621K87', 'check digits'],
])('%s is no LEI, and the reason is said', (text, reason) => {
  expect(isLei(text)).toBe(false);
  expect(leiFault(text)).toContain(reason);
});

test.each([
  'NLNHR.12345678',
  'NLNHR.12345678_90',
  'DEK1101R.HRB123456',
  'BEKBOBCE.0123.456.789',
  'HUOCCSZ.01-09-123456',
  'ROONRC.J40/1234/2020',
  'ELGEMI.123456789000',
])('%s has the form of an EUID', (text) => {
  expect(euidFault(text)).toBeNull();
  expect(isEuid(text)).toBe(true);
});

test.each([
  ['', 'country'],
  ['nlNHR.12345678', 'country'],
  ['USNHR.12345678', 'European Economic Area'],
  ['GBCH.12345678', 'European Economic Area'],
  ['NLNHR12345678', 'dot'],
  ['NL.12345678', 'register'],
  ['NLNHR.', 'number'],
  ['NLNHR.12345678_', 'number'],
  ['NLNHR.1234 5678', 'number'],
  ['NLNHR.12345678\n', 'number'],
  [`NLNHR.${'1'.repeat(200)}`, 'number'],
])('%j is no EUID, and the reason is said', (text, reason) => {
  expect(isEuid(text)).toBe(false);
  expect(euidFault(text)).toContain(reason);
});
