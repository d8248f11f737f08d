import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { projectRoot } from './supervisor/settings.ts';
import { newFolder } from './supervisor/testing/processes.ts';

const started = ['logs', 'run', 'secrets.json'];

const run = promisify(execFile);

type Outcome = { code: number; out: string; err: string };

/** Runs a command of scripts/ on a data folder where no sandbox runs. */
async function command(data: string, name: string, ...words: string[]): Promise<Outcome> {
  try {
    const { stdout, stderr } = await run(
      process.execPath,
      [join(projectRoot, 'scripts', `${name}.ts`), ...words],
      {
        env: {
          ...process.env,
          COUNTERSIGN_DATA: data,
          COUNTERSIGN_MODE: 'sandbox',
          DATABASE_URL: '',
        },
        timeout: 60_000,
      },
    );
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, err: stderr };
  }
}

const nowhere = '/nonexistent/countersign';

const commands = [
  'backup',
  'bench',
  'cold',
  'colleague',
  'contracts',
  'drill-console-loss',
  'drill-restore',
  'drill-signer-loss',
  'export-ledger',
  'founders',
  'keys',
  'party',
  'privacy-scan',
  'reconcile',
  'recover',
  'reset',
  'restore',
  'retention',
  'roi',
  'start',
  'test',
  'statements',
  'tour',
  'verify-correction',
  'verify-ledger',
  'verify-proof',
  'verify-signed',
];

test.concurrent.each(commands)(
  '%s tells what it takes when asked, which is no fault',
  async (name) => {
    const { code, out, err } = await command(nowhere, name, '--help');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const typed = name.replace(/^(drill|verify|export|privacy)-/u, '$1:');
    expect(out).toContain(`npm ${name === 'start' || name === 'test' ? '' : 'run '}${typed}`);
  },
);

// The others read their words in a pure function, whose own test holds the sentence.
test.concurrent.each([
  'contracts',
  'drill-console-loss',
  'drill-restore',
  'drill-signer-loss',
  'keys',
  'party',
  'start',
  'test',
])('%s names an option it does not know, and fails', async (name) => {
  const { code, out, err } = await command(nowhere, name, '--frob');
  expect(code).toBe(1);
  expect(err + out).toMatch(/^\n?There is no option “--frob” here\.|takes no options/u);
  expect(err + out).not.toMatch(/^\s+at /mu);
});

test('a reset wipes nothing in a folder that has logs and run beside other things', async () => {
  const home = newFolder();
  for (const name of ['logs', 'run', 'src']) mkdirSync(join(home, name));
  const { code, err } = await command(home, 'reset', '--yes');
  expect(code).toBe(1);
  expect(err).toContain('so it is left alone');
  expect(readdirSync(home).toSorted()).toEqual(['logs', 'run', 'src']);
});

test('a reset wipes what Countersign made, and says what it left', async () => {
  const data = newFolder();
  for (const name of started) writeFileSync(join(data, name), '');
  mkdirSync(join(data, 'backups'));
  const { code, out } = await command(data, 'reset', '--yes');
  expect(code).toBe(0);
  expect(out).toContain('still holds backups');
  expect(readdirSync(data)).toEqual(['backups']);
});

test('a reset with a word it does not know wipes nothing', async () => {
  const data = newFolder();
  for (const name of started) writeFileSync(join(data, name), '');
  const { code, err } = await command(data, 'reset', '--yes', '--dry-run');
  expect(code).toBe(1);
  expect(err).toContain('There is no option “--dry-run” here.');
  expect(readdirSync(data).toSorted()).toEqual(started);
});

test('no cold party is made where there is no sandbox', async () => {
  const data = newFolder();
  const { code, err } = await command(data, 'cold', 'cold-a', '--sandbox');
  expect(code).toBe(1);
  expect(err).toContain(`There is no sandbox in ${data}`);
  expect(readdirSync(data)).toEqual([]);
});
