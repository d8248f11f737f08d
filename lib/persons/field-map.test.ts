import { describe, expect, it } from 'vitest';
import {
  categories,
  fieldFor,
  fieldNames,
  fieldOf,
  isFieldName,
  legalBases,
  personRoles,
  purposes,
} from './field-map.ts';
import { retentionRules } from './retention-rules.ts';
import { readValue } from './value-form.ts';

describe.each(fieldNames)('the map says of %s', (name) => {
  it.each(personRoles)('what for, on which ground and for how long, for %s', (role) => {
    const field = fieldFor(name, [role]);
    expect(Object.keys(categories)).toContain(field.category);
    expect(field.purposes.length).toBeGreaterThan(0);
    for (const purpose of field.purposes) expect(Object.keys(purposes)).toContain(purpose);
    expect(Object.keys(legalBases)).toContain(field.basis);
    expect(Object.keys(retentionRules)).toContain(field.retention);
    expect(field.roles.length).toBeGreaterThan(0);
  });
});

it('what staff are kept for is control of access, on a ground of its own', () => {
  expect(fieldFor('full-name', ['operator'])).toMatchObject({
    purposes: ['access-control'],
    basis: 'interest',
    retention: 'employment',
  });
  for (const name of ['email', 'phone'] as const)
    expect(fieldFor(name, ['operator'])).toMatchObject({
      basis: 'interest',
      retention: 'staff-contact',
    });
  // Somebody who is a client as well is kept as the law on clients asks.
  expect(fieldFor('full-name', ['operator', 'client']).basis).toBe('aml');
});

it('a client is told of no purpose that holds for staff alone', () => {
  expect(fieldFor('full-name', ['client']).purposes).toEqual(['identification']);
  expect(fieldFor('full-name', ['client', 'operator']).purposes).toEqual([
    'identification',
    'access-control',
  ]);
});

it('what is held for tax authorities is kept by a period of its own that says it is set by us, and by no article', () => {
  const { law, sentence, years } = retentionRules['tax-reporting'];
  expect(law).toContain('The controller’s own setting');
  expect(law).toContain('2023/2226');
  expect(law).not.toMatch(/Article|Annex/);
  expect(sentence).toContain('we set ourselves');
  expect(sentence).toContain(`${years} years`);
  const of = fieldNames.filter((name) => fieldOf(name).basis === 'tax');
  expect(of).toEqual(['tax-number']);
  for (const name of of) expect(fieldFor(name, ['client']).retention).toBe('tax-reporting');
});

it('only a note on a suspicion is kept from the person it is about', () => {
  expect(fieldNames.filter((name) => fieldOf(name).withheld !== undefined)).toEqual([
    'suspicion-note',
  ]);
});

it('a name of the prototype is no field', () => {
  for (const name of ['constructor', '__proto__', 'toString'])
    expect(isFieldName(name)).toBe(false);
});

const now = new Date('2026-06-19T10:00:00Z');

describe('a value is refused by its own sentence', () => {
  it.each([
    ['full-name', '<b>Eve</b>', /letters/],
    ['full-name', ' ', /Name: /],
    ['email', 'eve at example', /e-mail address/],
    ['email', 'eve@@example.org', /e-mail address/],
    ['birth-date', '1980-02-30', /no day of the calendar/],
    ['birth-date', '30.02.1980', /Give a day/],
    ['birth-date', '0080-02-29', /year in full/],
    ['birth-date', '2026-06-20', /lies ahead/],
    ['nationality', 'Germany', /at most 2|two letters/],
    ['phone', 'call me', /telephone number/],
    ['document-number', 'C01\u202eX', /document/],
    ['political-exposure', 'perhaps', /yes or no|at most 3/],
    ['residence', 'x'.repeat(1_001), /at most 1000/],
  ] as const)('%s %j', (field, text, sentence) => {
    const read = readValue(field, text, now);
    expect(read.ok).toBe(false);
    if (!read.ok) expect(read.sentence).toMatch(sentence);
  });

  it('and taken where it is one', () => {
    expect(readValue('email', ' anna@example.org ', now)).toEqual({
      ok: true,
      text: 'anna@example.org',
    });
    expect(readValue('residence', 'Unter den Linden 1\n10117 Berlin', now).ok).toBe(true);
    expect(readValue('birth-date', '2026-06-19', now).ok).toBe(true);
    expect(readValue('document-expiry', '2031-05-04', now).ok).toBe(true);
  });
});
