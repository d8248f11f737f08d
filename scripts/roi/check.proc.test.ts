import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { filesOf, folderOf, sampleName, zipOf } from '#lib/resilience/roi/testing/packages.ts';
import { sampleRows } from '#lib/resilience/roi/testing/sample-register.ts';
import { projectRoot } from '../supervisor/settings.ts';
import { newFolder } from '../supervisor/testing/processes.ts';

const run = promisify(execFile);

type Outcome = { code: number; out: string; err: string };

async function check(path: string): Promise<Outcome> {
  try {
    const { stdout, stderr } = await run(
      process.execPath,
      [join(projectRoot, 'scripts/roi.ts'), 'check', path],
      // A check asks no database.
      { env: { ...process.env, DATABASE_URL: '' }, timeout: 60_000 },
    );
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, err: stderr };
  }
}

test('a good package has no findings and ends with 0, packed or not', async () => {
  const path = join(newFolder(), `${sampleName}.zip`);
  writeFileSync(path, zipOf(filesOf()));
  for (const at of [path, folderOf(filesOf())]) {
    const { code, out, err } = await check(at);
    expect({ code, err, out: JSON.parse(out) as unknown }).toEqual({
      code: 0,
      err: '',
      out: { findings: [] },
    });
  }
});

test('what would refuse the package ends with 1, and the output is JSON and nothing else', async () => {
  const rows = sampleRows();
  rows['B_05.01'].splice(1, 1);
  const { code, out, err } = await check(folderOf(filesOf(rows)));
  expect({ code, err }).toEqual({ code: 1, err: '' });
  expect(JSON.parse(out)).toEqual({
    findings: [
      {
        template: 'B_05.01',
        row: 1,
        column: 'c0110',
        rule: '807',
        severity: 'blocking',
        sentence: 'There is no such row in B_05.01.',
      },
    ],
  });
});

test('what is only asked about ends with 0', async () => {
  const rows = sampleRows();
  for (const row of rows['B_07.01']) row['c0060'] = '';
  const { code, out } = await check(folderOf(filesOf(rows)));
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ findings: [{ rule: 'v8825', severity: 'warning' }] });
});

test('a file that is no package is a finding; nothing at the path is none', async () => {
  const path = join(newFolder(), 'register.zip');
  writeFileSync(path, 'not a zip');
  const refused = await check(path);
  expect(refused.code).toBe(1);
  expect(JSON.parse(refused.out)).toMatchObject({ findings: [{ rule: 'package' }] });
  const missing = await check(join(newFolder(), 'nothing'));
  expect({ code: missing.code, out: missing.out }).toEqual({ code: 2, out: '' });
  expect(missing.err).toMatch(/can't be read \(ENOENT\)/u);
});
