/**
 * Before the process tests: a party and a worker compile their code once. Tests mostly kill what they start, and
 * only a process that ends in order keeps what it has compiled.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { pinnedNode, projectRoot } from '../supervisor/settings.ts';

const ENTRIES = [
  'lib/mpc/party/main.ts',
  'lib/sandbox/solana/main.ts',
  'lib/sandbox/bitcoin/main.ts',
  'scripts/worker/main.ts',
] as const;

/** Without its settings each of them loads all it needs, says what is missing, and ends. */
const compile = (entry: string): Promise<void> =>
  new Promise((resolve) => {
    execFile(
      pinnedNode,
      [join(projectRoot, entry)],
      {
        cwd: projectRoot,
        env: {
          PATH: process.env['PATH'],
          NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
        } as unknown as NodeJS.ProcessEnv,
        timeout: 30_000,
      },
      () => resolve(),
    );
  });

export async function setup(): Promise<void> {
  await Promise.all(ENTRIES.map(compile));
}
