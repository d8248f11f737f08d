import { describe, expect, it } from 'vitest';
import { stopWords, stoppedWords, stopTitle } from './stop-words.ts';

describe('what ending a key or a person says before it is done', () => {
  it.each(['key', 'person'] as const)('%s: that the parties go on counting', (act) => {
    expect(stopWords(act, 'Ada Hofmann', 'Blue key').doesNot).toMatch(
      /does not reach the parties.*until a roster change/,
    );
    expect(stopWords(act, 'Ada Hofmann', 'Blue key').wayBack).toMatch(/roster operation/);
  });
});

describe('what was ended', () => {
  it('says how many sessions ended', () => {
    expect(stoppedWords('key', 0)).toBe('The key is stopped. No session was open.');
    expect(stoppedWords('sessions', 2)).toBe('2 sessions ended.');
  });

  it('names the key and the reason', () => {
    const entry = {
      id: '1',
      what: 'key-stopped',
      at: '2026-11-24T08:00:00.000Z',
      by: 'Ada Hofmann',
      reason: 'stolen',
      rosterVersion: null,
      credential: 'AAAA',
    } as const;
    expect(stopTitle(entry, 'Blue key')).toBe('Key “Blue key” stopped: stolen');
  });
});
