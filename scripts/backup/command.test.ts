import { describe, expect, it } from 'vitest';
import { readBackupCommand } from './command.ts';

const key = 'ab'.repeat(32);

describe('the words of npm run backup', () => {
  it('name a folder, and may name a recipient and how long backups stay', () => {
    expect(readBackupCommand(['/mnt/backups'])).toEqual({
      kind: 'backup',
      folder: '/mnt/backups',
      recipient: null,
      keepDays: null,
    });
    expect(readBackupCommand(['x', '--recipient', key, '--keep-days', '30'])).toEqual({
      kind: 'backup',
      folder: 'x',
      recipient: key,
      keepDays: 30,
    });
    expect(readBackupCommand(['new-recipient', 'key.txt'])).toEqual({
      kind: 'new-recipient',
      file: 'key.txt',
    });
  });

  it.each([
    [[], /one folder/],
    [['a', 'b'], /one folder/],
    [['new-recipient'], /one file/],
    [['new-recipient', 'a', '--keep-days', '3'], /one file/],
    [['a', '--recipient', 'abc'], /64 hex/],
    [['a', '--keep-days', '0'], /from 1/],
    [['a', '--keep-days', '1.5'], /from 1/],
    [['a', '--keep-days', ''], /from 1/],
    [['a', '--colour'], /no option/],
  ])('%j are refused with a sentence', (words, sentence) => {
    expect(() => readBackupCommand(words)).toThrow(sentence);
  });
});
