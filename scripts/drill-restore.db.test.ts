/** The command as it is run: ended in the middle, without a live database. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#lib/platform/db/testing/database.ts';
import { projectRoot } from './supervisor/settings.ts';

let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-drill-test-'));
  return () => rm(folder, { recursive: true, force: true });
});

/** Starting a server and its schema takes its time where the machine does other things as well. */
const longMs = 180_000;

/** Runs it and ends it with `signal` once its second server runs. */
async function endedBy(signal: NodeJS.Signals | null, url = database.urls.owner) {
  const child = spawn(
    process.execPath,
    [join(projectRoot, 'scripts', 'drill-restore.ts'), '--folder', folder],
    {
      env: { ...process.env, COUNTERSIGN_MODE: 'sandbox', DATABASE_URL: url },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      const isUp = text.includes('Giving it the schema');
      text += chunk;
      if (signal !== null && !isUp && text.includes('Giving it the schema')) child.kill(signal);
    });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, text };
}

const drills = () => database.connect('owner').drillRun.findMany();

it(
  'killed without warning it leaves neither server nor folder behind',
  async () => {
    const { code, text } = await endedBy('SIGKILL');
    expect({ code, text }).toMatchObject({ code: null });
    await vi.waitFor(async () => expect(await readdir(folder)).toEqual([]), {
      timeout: 60_000,
      interval: 100,
    });
  },
  longMs,
);

it(
  'ended by Ctrl-C it cleans up, says so, fails, and is on record as failed',
  async () => {
    const { code, text } = await endedBy('SIGINT');
    expect({ code, text }).toMatchObject({ code: 1 });
    expect(text).toContain('Interrupted: the drill ends, and what it made is removed.');
    expect(text).toContain('The drill failed. It was interrupted while');
    expect(await readdir(folder)).toEqual([]);
    expect(await drills()).toMatchObject([{ kind: 'restore', outcome: 'failed' }]);
  },
  longMs,
);

it('without a live database it fails with a sentence, and says that nothing is on record', async () => {
  const url = new URL(database.urls.owner);
  url.port = '1';
  const { code, text } = await endedBy(null, url.href);
  expect({ code, text }).toMatchObject({ code: 1 });
  expect(text).toContain('The drill failed. A database stopped answering');
  expect(text).toContain('The drill is not on record');
  expect(text).not.toMatch(/^\s+at /mu);
  expect(await readdir(folder)).toEqual([]);
});
