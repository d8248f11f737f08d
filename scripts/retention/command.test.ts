import { describe, expect, it } from 'vitest';
import { readCommand } from './command.ts';
import { rehearsedLines } from './words.ts';

const today = '2026-11-29';

describe('the words after npm run retention', () => {
  it('name what to do, the day and the form of the answer', () => {
    expect(readCommand(['rehearse'], today)).toEqual({ day: today, isJson: false });
    expect(readCommand(['rehearse', '--day', '2027-06-30', '--json'], today)).toEqual({
      day: '2027-06-30',
      isJson: true,
    });
  });

  it.each([
    [[], /Say what to do/],
    [['delete'], /no word “delete”/],
    [['rehearse', 'all'], /no word “all”/],
    [['rehearse', '--day', '2027-02-30'], /written like/],
    [['rehearse', '--day', '2026-11-28'], /is over/],
    [['rehearse', '--frob'], /no option “--frob”/],
  ])('are refused with a sentence: %j', (words, sentence) => {
    expect(() => readCommand(words, today)).toThrow(sentence);
  });
});

it('what was rehearsed is told by rule, with what is left and why', () => {
  const line = {
    rule: 'relationship' as const,
    due: 12,
    skipped: { hold: 2 },
    oldest: '2020-01-31',
    newest: '2026-11-28',
    sample: [],
  };
  expect(
    rehearsedLines(today, [line, { ...line, rule: 'employment', due: 0, skipped: {} }]),
  ).toEqual([
    'What would go on 2026-11-29:',
    'Contact and language: 10 of 12, whose periods count from 2020-01-31 to 2026-11-28; 2 left: a legal hold covers it',
    'People who work with the console: nothing',
  ]);
});
