import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { UseLog } from './use-log.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-uses-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const instant = (minutes: number): Date => new Date(1_000_000_020_000 + minutes * 60_000);

it('who is refused over and over pushes nothing out of the log, and is counted', () => {
  const path = join(folder, 'uses.log');
  let minutes = 0;
  const log = new UseLog(path, () => instant(minutes));
  log.note({ caller: 'worker', ask: 'shred', count: 3, outcome: 'done', destroyed: 3 });
  const refused = { caller: 'web', ask: 'shred', count: 1, outcome: 'not-allowed' } as const;
  for (let n = 0; n < 10_000; n += 1) log.note(refused);
  log.note({ caller: 'worker', ask: 'make', count: 1, outcome: 'too-many-made' });
  log.flush();
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  expect(lines.filter((line) => line.includes('not-allowed'))).toHaveLength(60);
  expect(lines.filter((line) => line.includes('too-many-made'))).toHaveLength(1);
  expect(lines.at(-1)).toContain('"web shred":{"asked":10000');
  minutes = 1;
  log.note(refused);
  expect(readFileSync(path, 'utf8').split('not-allowed')).toHaveLength(62);
});

it('what was made and destroyed within the hour is read again after a start, and what was refused is not', () => {
  const path = join(folder, 'uses.log');
  const log = new UseLog(path, () => instant(0));
  log.note({ caller: 'worker', ask: 'shred', count: 5, outcome: 'done', destroyed: 3 });
  log.note({ caller: 'web', ask: 'make', count: 7, outcome: 'done' });
  log.note({ caller: 'web', ask: 'make', count: 9, outcome: 'too-many-made' });
  const taken = new UseLog(path, () => instant(1)).takenSince(instant(-59));
  expect(taken.map(({ ask, caller, count }) => `${caller} ${ask} ${count}`)).toEqual([
    'worker shred 3',
    'web make 7',
  ]);
  expect(new UseLog(path, () => instant(61)).takenSince(instant(1))).toEqual([]);
});
