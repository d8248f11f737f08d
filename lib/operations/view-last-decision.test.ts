import { expect, it } from 'vitest';
import { viewLastDecision } from './view-last-decision.ts';

const told = { operation: 'o', at: '2026-11-27T03:00:00.000Z', event: 'signed', refusal: null };

it('says what a party decided, and why it refused', () => {
  expect(viewLastDecision(told)).toEqual({
    operation: 'o',
    at: told.at,
    words: 'Signed',
    sentence: null,
  });
  expect(
    viewLastDecision({ ...told, event: 'refused', refusal: 'everything-frozen' }).sentence,
  ).toMatch(/frozen/i);
});

it('shows a word that a newer party uses, and no property of an object', () => {
  expect(viewLastDecision({ ...told, event: 'pondered' }).words).toBe('“pondered” on');
  expect(viewLastDecision({ ...told, event: 'constructor' }).words).toBe('“constructor” on');
});
