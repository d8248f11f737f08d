import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { newFolder } from '../supervisor/testing/processes.ts';
import { readCommand, USAGE } from './command.ts';

const ada = { displayName: 'Ada Hofmann', roles: ['officer', 'administrator'], group: null };
const marek = { displayName: 'Marek Kowalski', roles: ['officer'], group: 'control' };

function file(text: string): string {
  const path = join(newFolder(), 'founders.txt');
  writeFileSync(path, text);
  return path;
}

describe('the words after npm run founders', () => {
  test.each([
    [[], { do: 'list' }],
    [['--renew'], { do: 'renew' }],
    [['--remove', 'Ada Hofmann'], { do: 'remove', name: 'Ada Hofmann' }],
    [
      ['Ada Hofmann:officer,administrator', ' Marek Kowalski : Officer : control '],
      { do: 'invite', founders: [ada, marek] },
    ],
    [['Ada Hofmann:officer,administrator:none'], { do: 'invite', founders: [ada] }],
  ])('%j is understood', (words, command) => {
    expect(readCommand(words)).toEqual(command);
  });

  test('a file names one founder a line', () => {
    const path = file(
      '# founders\r\nAda Hofmann:officer,administrator\r\n\nMarek Kowalski:officer:control\n',
    );
    expect(readCommand(['--file', path])).toEqual({ do: 'invite', founders: [ada, marek] });
  });

  test.each([
    [['Ada Hofmann'], '“Ada Hofmann” is no founder.'],
    [['Ada:officer:control:x'], '“Ada:officer:control:x” is no founder.'],
    [['Ada:'], 'the role is missing'],
    [['Ada:officer,king'], '“king” is no role. Choose from officer, administrator'],
    [['Ada:officer:vault'], '“vault” is no group. Choose from control, custody, recovery.'],
    [['A:officer'], '“A:officer”: Give a name of at least 2 characters.'],
    [['<b>:officer'], 'Use letters, digits, spaces'],
    [['Ada:officer,officer'], '“Ada:officer,officer”: Name each role once.'],
    [['Ada:auditor:control'], 'Only a custody officer can act for a group.'],
    [['--file', '/no/such/file'], 'The file /no/such/file cannot be read.'],
    [['--file', file('\n# nobody\n')], 'names no founder.'],
    [['--file', file('x'.repeat(70_000))], 'is larger than 64 kB'],
  ])('%j is refused with its fault', (words, sentence) => {
    expect(() => readCommand(words)).toThrow(sentence);
  });

  test.each([[['--remove']], [['--renew', 'Ada']], [['--all']], [['--file', 'a', 'b']]])(
    '%j prints the usage',
    (words) => {
      expect(() => readCommand(words)).toThrow(USAGE);
    },
  );
});
