import { describe, expect, test } from 'vitest';
import { readCommand, USAGE } from './command.ts';

const id = '0b5d3c6e-7f11-4a0e-9d52-3a8f6f1c2b4d';

describe('the words after npm run colleague', () => {
  test.each([
    [['list'], { do: 'list' }],
    [['who'], { do: 'who' }],
    [['approve', id], { do: 'ask', wanted: { operation: id, decision: 'approve' } }],
    [
      ['cosign', id.toUpperCase(), '--as', 'ines'],
      { do: 'ask', wanted: { operation: id, decision: 'cosign', handle: 'ines' } },
    ],
    [
      ['--as', 'ada', 'cancel', 'wd-2026-000001'],
      { do: 'ask', wanted: { operation: 'WD-2026-000001', decision: 'cancel', handle: 'ada' } },
    ],
  ])('%j is understood', (words, command) => {
    expect(readCommand(words)).toEqual(command);
  });

  test.each([
    [[], 'Say what a colleague should do.'],
    [['raise', id], 'There is no word “raise” here.'],
    [['--force'], 'There is no option “--force” here.'],
    [['approve'], 'After “approve” comes the number or the id of an operation.'],
    [['approve', id, id], 'Name one operation.'],
    [['list', id], '“list” stands alone.'],
  ])('%j is refused with a sentence and the usage', (words, sentence) => {
    expect(() => readCommand(words)).toThrow(`${sentence}\n\n${USAGE}`);
  });

  test.each(['1', 'WD-2026-1', `${id}0`, '../x', '“'])('%s is no operation', (word) => {
    expect(() => readCommand(['approve', word])).toThrow(/is no operation\. Give its number/u);
  });

  test.each([['--as'], ['--as', '--as'], ['--as', 'Marek K']])(
    'a handle is asked for: %s %s',
    (...words) => {
      expect(() => readCommand(['approve', id, ...words])).toThrow('After --as comes the handle');
    },
  );
});
