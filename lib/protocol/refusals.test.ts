import { expect, test } from 'vitest';
import { isPartyRefusal, partyRefusals, sentenceOf } from './refusals.ts';

test('every refusal has a code in one style and a sentence of its own that a person can read', () => {
  const entries = Object.entries(partyRefusals);
  expect(entries.length).toBeGreaterThan(80);
  for (const [code, sentence] of entries) {
    expect(code).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
    expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(sentence.length).toBeLessThan(170);
  }
  expect(new Set(entries.map(([, sentence]) => sentence)).size).toBe(entries.length);
});

test('a refusal is known by its code only', () => {
  expect(isPartyRefusal('digest-mismatch')).toBe(true);
  for (const other of ['toString', '__proto__', '', null, 1])
    expect(isPartyRefusal(other)).toBe(false);
  expect(sentenceOf('raiser-in-quorum')).toBe(partyRefusals['raiser-in-quorum']);
});
