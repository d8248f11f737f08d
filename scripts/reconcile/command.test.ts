import { describe, expect, it } from 'vitest';
import { readCommand } from './command.ts';

describe('the words after npm run reconcile', () => {
  it('name everything or one place, and the form of the answer', () => {
    expect(readCommand(['--all', '--json'])).toEqual({ wanted: 'all', isJson: true });
    expect(readCommand(['--place', 'chain/SOL/warm-1'])).toEqual({
      wanted: 'chain/SOL/warm-1',
      isJson: false,
    });
  });

  it.each([
    [[], /either --all or --place/],
    [['--all', '--place', 'chain/SOL/warm-1'], /either --all or --place/],
    [['--place', 'due'], /named like/],
    [['--place', 'chain/SOL'], /named like/],
    [['--frob'], /no option “--frob”/],
    [['everything'], /no word “everything”/],
  ])('are refused with a sentence: %j', (words, sentence) => {
    expect(() => readCommand(words)).toThrow(sentence);
  });
});
