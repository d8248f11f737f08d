/** Runs the programs that the test run consists of. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pinnedNode, projectRoot } from '../supervisor/settings.ts';

const OURS = /^(?:COUNTERSIGN_|DATABASE_URL|NEXTAUTH_)/;
/** These say how to test, not what runs where. */
const KEPT = new Set(['COUNTERSIGN_LONG_TESTS', 'COUNTERSIGN_CHROMIUM', 'COUNTERSIGN_SEED']);

/** Our own environment without the settings of some sandbox, which must not leak into the tests. */
export function testEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined || (OURS.test(name) && !KEPT.has(name)) ? [] : [[name, value]],
    ),
  );
}

const dieWithParent = pathToFileURL(
  join(projectRoot, 'scripts', 'supervisor', 'die-with-parent.mjs'),
).href;
const running = new Set<ReturnType<typeof spawn>>();

/** Ends what is still running, for an interrupted test run. */
export function endPrograms(): void {
  for (const child of running) child.kill('SIGTERM');
}

/**
 * Runs a script of node_modules or of ours on Node 24.
 * @returns its exit code; 1 when it was ended by a signal
 */
export function runNode(
  args: readonly string[],
  options: { print: (text: string) => void; env?: Record<string, string> },
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(pinnedNode, ['--import', dieWithParent, ...args], {
      cwd: projectRoot,
      // The last pipe ends with this process, and the program with the pipe.
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      env: {
        ...testEnvironment(),
        ...options.env,
        COUNTERSIGN_PARENT_FD: '3',
      } as unknown as NodeJS.ProcessEnv,
    });
    child.stdio[3]?.on('error', () => undefined);
    running.add(child);
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', options.print);
    child.once('error', reject);
    child.once('close', (code) => {
      running.delete(child);
      resolve(code ?? 1);
    });
  });
}
