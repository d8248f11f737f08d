import { expect, test } from 'vitest';
import { refusalSentence } from './refusal-sentence.ts';

test('every code has a sentence, also one that every object knows by name', () => {
  const unknown = 'A party refused for a reason this console does not know.';
  for (const code of ['constructor', 'toString', 'hasOwnProperty', 'made-up'])
    expect(refusalSentence(code)).toBe(unknown);
  expect(refusalSentence('party-timeout')).toMatch(/did not answer in time/u);
  expect(refusalSentence('own-group-not-needed')).toMatch(/does not take part/u);
});
