import { describe, expect, it } from 'vitest';
import { fieldNames, fieldOf } from '#lib/persons/field-map.ts';
import type { HeldValue } from '#lib/persons/read-values.ts';
import { complaintWords } from './complaint-authorities.ts';
import { memberStates, type MemberState } from '#lib/incidents/member-states.ts';
import { portableValues } from './portability.ts';

const held = (field: HeldValue['field'], more: Partial<HeldValue> = {}): HeldValue => ({
  field,
  version: 1,
  value: 'x',
  restricted: null,
  origin: fieldOf(field).origin,
  source: 'form',
  recordedAt: '2026-11-29T10:00:00.000Z',
  recordedBy: 'system',
  ...more,
});

describe('portability', () => {
  it('hands out what was provided on consent or contract, and nothing else that there is', () => {
    const all = fieldNames.map((name) => held(name));
    expect(portableValues(all, ['client']).map(({ field }) => field)).toEqual([
      'email',
      'phone',
      'iban',
      'language',
      'marketing-consent',
    ]);
  });

  it('leaves out what somebody else told, and whatever is known of staff', () => {
    expect(portableValues([held('email', { origin: 'third-party' })], ['client'])).toEqual([]);
    expect(portableValues([held('email')], ['operator'])).toEqual([]);
  });

  it('takes the newest version of a value', () => {
    const values = [
      held('email', { version: 1, value: 'old' }),
      held('email', { version: 2, value: 'new' }),
    ];
    expect(portableValues(values, ['client']).map(({ value }) => value)).toEqual(['new']);
  });
});

it('every Member State has an authority to complain to', () => {
  for (const state of Object.keys(memberStates) as MemberState[])
    expect([state, complaintWords(state).startsWith('The data-protection authority')]).toEqual([
      state,
      false,
    ]);
});
