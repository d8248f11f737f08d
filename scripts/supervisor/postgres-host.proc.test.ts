import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pinnedNode, projectRoot } from './settings.ts';
import { newFolder } from './testing/processes.ts';

test('the host of the database that is told of no folder takes none, least of all the one it stands in', async () => {
  const here = newFolder();
  const kept = join(here, 'a letter');
  writeFileSync(kept, 'kept');
  const host = spawn(pinnedNode, [join(projectRoot, 'scripts/supervisor/postgres-host.ts')], {
    cwd: here,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      COUNTERSIGN_POSTGRES_PORT: '1',
      COUNTERSIGN_POSTGRES_PASSWORD: 'unused',
    } as unknown as NodeJS.ProcessEnv,
  });
  let said = '';
  host.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk;
  });
  const [code] = (await once(host, 'close')) as [number | null];
  expect(existsSync(kept)).toBe(true);
  expect(said).toContain('COUNTERSIGN_POSTGRES_FOLDER');
  expect(code).toBe(1);
});
