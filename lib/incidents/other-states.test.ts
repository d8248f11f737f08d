import { expect, test } from 'vitest';
import { FactError } from './facts.ts';
import { otherStates } from './other-states.ts';

test('a root cause in another Member State makes an incident relevant for it', () => {
  expect(otherStates({ member_state: 'DE', cause_from: ['FR', 'DE', 'fr'], impacts: [] })).toEqual({
    relevant: true,
    open: false,
    states: [
      { state: 'FR', reasons: [{ article: '11', sentence: 'The root cause lies in France.' }] },
    ],
  });
});

test('so does a significant impact there, and no other impact', () => {
  expect(
    otherStates({
      member_state: 'DE',
      cause_from: [],
      impacts: [
        { state: 'IT', on: 'clients', significant: true },
        { state: 'AT', on: 'branch_of_the_financial_entity', significant: true },
        { state: 'FR', on: 'clients', significant: false },
        { state: 'DE', on: 'clients', significant: true },
      ],
    }),
  ).toEqual({
    relevant: true,
    open: false,
    states: [
      {
        state: 'AT',
        reasons: [
          {
            article: '11(b)',
            sentence: 'Significant impact on a branch of the entity in Austria.',
          },
        ],
      },
      {
        state: 'IT',
        reasons: [{ article: '11(a)', sentence: 'Significant impact on clients in Italy.' }],
      },
    ],
  });
});

test('what is not known leaves the question open', () => {
  const state = (facts: object) => otherStates({ member_state: 'DE', ...facts });
  expect(state({})).toEqual({ relevant: false, open: true, states: [] });
  expect(state({ cause_from: [], impacts: [] }).open).toBe(false);
  expect(state({ cause_from: [], impacts: [{ state: 'FR', on: 'clients' }] }).open).toBe(true);
  expect(state({ cause_from: [], impacts: [{ state: 'DE', on: 'clients' }] }).open).toBe(false);
});

test('what is no Member State and no kind of impact is refused', () => {
  expect(() => otherStates({ member_state: 'XX' })).toThrow(FactError);
  expect(() => otherStates({ member_state: 'DE', cause_from: ['US'] })).toThrow('no Member State');
  const impacts: unknown = [{ state: 'FR', on: 'toString', significant: true }];
  expect(() => otherStates({ member_state: 'DE', impacts: impacts as [] })).toThrow(
    'no kind of impact',
  );
});
