import { existsSync, mkdirSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { newFolder } from '../supervisor/testing/processes.ts';
import { removeStale } from './run-folder.ts';

const HOUR_MS = 3_600_000;

test('tests put what they make into a folder of their run', () => {
  expect(basename(tmpdir())).toMatch(/^countersign-run-/);
});

test('folders of runs that were killed over a day ago are removed, and nothing else', () => {
  const top = newFolder();
  const now = Date.now();
  const made = (name: string, hours: number): string => {
    const path = join(top, name);
    mkdirSync(join(path, 'inside'), { recursive: true });
    const at = (now - hours * HOUR_MS) / 1000;
    utimesSync(path, at, at);
    return path;
  };
  const stale = made('countersign-run-a', 25);
  const kept = [made('countersign-run-b', 23), made('somebody-else', 2_000)];
  removeStale(top, now);
  expect(existsSync(stale)).toBe(false);
  expect(kept.map((path) => existsSync(path))).toEqual([true, true]);
});
