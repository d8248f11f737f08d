import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { prepareDataFolder } from './data-folder.ts';
import { foreignNames, isOurFolder, restoredName, someOf } from './our-folder.ts';
import { newFolder } from './testing/processes.ts';

const started = ['logs', 'run', 'secrets.json'];

test('a folder is ours when it is empty, holds only what we make, or was a sandbox before', () => {
  expect(isOurFolder([])).toBe(true);
  expect(isOurFolder(['lost+found'])).toBe(true);
  expect(isOurFolder(['logs', 'run', 'supervisor.lock.stale.123', 'tour'])).toBe(true);
  expect(isOurFolder([...started, 'backups'])).toBe(true);
  expect(foreignNames(['restoring', restoredName(new Date()), 'postgres.old'])).toEqual([
    'postgres.old',
  ]);
  expect(isOurFolder(['logs', 'run', 'passwd'])).toBe(false);
  expect(isOurFolder(['secrets.json', 'src'])).toBe(false);
});

test('what is somebody else’s is named, and not at length', () => {
  expect(foreignNames([...started, 'b', 'a', '.DS_Store'])).toEqual(['b', 'a']);
  expect(someOf(['a', 'b', 'c'])).toBe('a, b, c');
  expect(someOf(['a', 'b', 'c', 'd', 'e'])).toBe('a, b, c and 2 more');
});

test('a start leaves somebody else’s folder exactly as it was', () => {
  const home = newFolder();
  chmodSync(home, 0o755);
  mkdirSync(join(home, 'logs'), { mode: 0o755 });
  writeFileSync(join(home, 'letter.txt'), 'mine');
  expect(() => {
    prepareDataFolder(home);
  }).toThrow('it holds letter.txt. It is left alone; name a new or empty folder');
  expect(readdirSync(home).toSorted()).toEqual(['letter.txt', 'logs']);
  expect(statSync(home).mode & 0o777).toBe(0o755);
  expect(statSync(join(home, 'logs')).mode & 0o777).toBe(0o755);
});
