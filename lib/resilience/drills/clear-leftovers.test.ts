import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { clearLeftovers, drillFolderPrefix, noteDrill } from './clear-leftovers.ts';

let parent: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'countersign-leftovers-test-'));
  return () => rm(parent, { recursive: true, force: true });
});

type Note = { pid: number; host: string; boot: string | null };

/** A folder as a drill has it while it runs, with what its note is to say otherwise. */
async function leave(change: Partial<Note> | null): Promise<string> {
  const path = await mkdtemp(join(parent, drillFolderPrefix));
  await mkdir(join(path, 'backup'));
  await writeFile(join(path, 'backup', 'operator.copy'), 'Mara Lind');
  if (change === null) return path;
  await noteDrill(path);
  const note = JSON.parse(await readFile(join(path, 'drill.json'), 'utf8')) as Note;
  await writeFile(join(path, 'drill.json'), JSON.stringify({ ...note, ...change }));
  return path;
}

/** Of a process that has ended. */
const endedPid = (): number => spawnSync('true').pid;

describe('what an earlier drill left', () => {
  it('is removed with its backup, and that is said', async () => {
    const path = await leave({ pid: endedPid() });
    expect(await clearLeftovers(parent)).toEqual([
      `Removed ${path}, which an earlier drill had left with its backup.`,
    ]);
    expect(await readdir(parent)).toEqual([]);
  });

  it('before a loss of power is removed although its process id is another’s now', async () => {
    await leave({ pid: process.pid, boot: 'an earlier start of the machine' });
    expect(await clearLeftovers(parent)).toHaveLength(1);
    expect(await readdir(parent)).toEqual([]);
  });

  it('stays and is named where its drill runs, runs elsewhere or can’t be told', async () => {
    const paths = [await leave({}), await leave({ host: 'elsewhere' }), await leave(null)];
    const said = await clearLeftovers(parent);
    expect(said).toHaveLength(3);
    for (const path of paths) expect(said.some((line) => line.startsWith(path))).toBe(true);
    expect(await readdir(parent)).toHaveLength(3);
  });

  it('is nothing that only looks like it', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'countersign-leftovers-test-'));
    await noteDrill(outside);
    await symlink(outside, join(parent, `${drillFolderPrefix}abcdef`));
    await mkdir(join(parent, `${drillFolderPrefix}test-abcdef`));
    expect(await clearLeftovers(parent)).toEqual([]);
    expect(await readdir(parent)).toHaveLength(2);
    expect(await readdir(outside)).toEqual(['drill.json']);
    await rm(outside, { recursive: true });
  });
});
