import { describe, expect, it } from 'vitest';
import { exitCodeOf, readScanCommand } from './command.ts';

const read = (...words: string[]) => readScanCommand(words, () => 'From Input\n\nAnother\r\n');

it('values are taken from the words, from the input, and behind -- as they are', () => {
  expect(read('Änne Müller', '--json', ' C01X00T47 ')).toEqual({
    values: ['Änne Müller', 'C01X00T47'],
    folders: [],
    isJson: true,
  });
  expect(read('--stdin').values).toEqual(['From Input', 'Another']);
  expect(read('--folder', '/backups', '--', '--json').values).toEqual(['--json']);
});

describe('is refused', () => {
  it.each([
    [[], 'Name at least one value'],
    [['ab'], 'shorter than 3'],
    [['x'.repeat(501)], 'at most 500'],
    [['--folder'], 'comes a path'],
    [['--frob', 'abc'], '--frob'],
    [Array.from({ length: 101 }, (_, place) => `value ${place}`), 'At most 100'],
  ])('%s', (words, sentence) => {
    expect(() => read(...words)).toThrow(sentence);
  });

  it('without telling the value', () => {
    expect(() => read('Änne Müller', 'ab')).toThrow(/Value 2 is shorter/);
  });
});

it('only a look at everything that found nothing ends with 0', () => {
  expect(exitCodeOf({ found: 0, unread: [] })).toBe(0);
  expect(exitCodeOf({ found: 0, unread: ['1 sealed in break_note'] })).toBe(2);
  expect(exitCodeOf({ found: 2, unread: ['1 sealed in break_note'] })).toBe(1);
});
