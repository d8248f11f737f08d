import { describe, expect, it } from 'vitest';
import { undoneSentence, type Undone } from './undone-settlements.ts';

const one = (replaced: Undone['replaced']): Undone => ({
  chain: 'bitcoin:regtest',
  number: 'WD-2026-000001',
  replaced,
});

describe('the sentence about settled payments that a chain took back', () => {
  it('is absent where there are none, and names one that can still run by its number alone', () => {
    expect(undoneSentence([])).toBeNull();
    expect(undoneSentence([one(null)])).toContain('not final again: WD-2026-000001. The books');
  });

  it('says that the recipient was paid where a replacement of the same operation ran', () => {
    expect(undoneSentence([one({ by: 'ab'.repeat(32), isOwn: true })])).toContain(
      `(its own replacement ${'ab'.repeat(32)} has taken its place and paid the same recipient the same`,
    );
  });

  it('sends people to look whom a transaction of nobody here paid, before anything is corrected', () => {
    const sentence = undoneSentence([one({ by: 'cd'.repeat(32), isOwn: false })]);
    expect(sentence).toContain(`transaction ${'cd'.repeat(32)} has taken its place; see first`);
    expect(sentence).not.toContain('paid the same');
  });

  it('names twenty, and says how many more there are', () => {
    expect(undoneSentence(Array.from({ length: 23 }, () => one(null)))).toContain(', 3 more.');
  });
});
