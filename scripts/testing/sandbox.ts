/** A sandbox of its own for browser tests and bench: own data folder, own ports, gone afterwards. */
import { spawn } from 'node:child_process';
import { mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Problem } from '../supervisor/problem.ts';
import { pinnedNode, projectRoot } from '../supervisor/settings.ts';
import { freePorts, until } from '../supervisor/testing/processes.ts';
import { testEnvironment } from './program.ts';

const READY_WITHIN_MS = 240_000;
const STOP_WITHIN_MS = 60_000;

const folder = join(projectRoot, '.ci-data');

export type TestSandbox = {
  origin: string;
  /** Its data folder. */
  data: string;
  /** Where its services listen, as variables of the environment. */
  ports: Readonly<Record<string, string>>;
  stop: () => Promise<void>;
};

const status = z.object({ phase: z.string(), origin: z.string() });

function readStatus(data: string): z.infer<typeof status> | null {
  try {
    return status.parse(JSON.parse(readFileSync(join(data, 'run', 'status.json'), 'utf8')));
  } catch {
    return null;
  }
}

async function drawPorts(): Promise<Record<string, string>> {
  const names = [
    'WEB',
    'POSTGRES',
    'SOLANA',
    'BITCOIN',
    'ETHEREUM',
    'CONTROL',
    'CUSTODY',
    'RECOVERY',
  ];
  const ports = await freePorts(names.length);
  return Object.fromEntries(
    names.map((name, index) => [`COUNTERSIGN_${name}_PORT`, String(ports[index])]),
  );
}

/**
 * Starts a new, empty sandbox and waits until it is ready.
 * @param name of its data folder; what an earlier one of that name left is wiped
 * @param options.isEmpty leaves the sample organisation out, for a genesis by hand
 * @throws Problem with what it printed when it does not start
 */
export async function startTestSandbox(
  name = 'browser',
  { isEmpty = false }: { isEmpty?: boolean } = {},
): Promise<TestSandbox> {
  const data = join(folder, name);
  // Database and parties may run under other accounts, which have to pass through.
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  rmSync(data, { recursive: true, force: true });
  const logPath = `${data}.log`;
  rmSync(logPath, { force: true });
  const log = openSync(logPath, 'a', 0o600);
  const ports = await drawPorts();
  const child = spawn(pinnedNode, ['scripts/start.ts', ...(isEmpty ? ['--empty'] : [])], {
    cwd: projectRoot,
    // The pipe ends with this process, and the sandbox with the pipe.
    stdio: ['ignore', log, log, 'pipe'],
    env: {
      ...testEnvironment(),
      ...ports,
      COUNTERSIGN_DATA: data,
      COUNTERSIGN_PARENT_FD: '3',
    } as unknown as NodeJS.ProcessEnv,
  });
  const ended = new Promise<'ended'>((resolve) => {
    child.once('close', () => {
      resolve('ended');
    });
  });
  const ready = until(
    'the sandbox is ready',
    () => readStatus(data)?.phase === 'ready',
    READY_WITHIN_MS,
  );
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    const overdue = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
    await ended;
    clearTimeout(overdue);
  };
  const outcome = await Promise.race([
    ended,
    ready.then(
      () => 'ready',
      () => 'late',
    ),
  ]);
  if (outcome !== 'ready') {
    await stop();
    throw new Problem(
      `The sandbox “${name}” does not start:\n${readFileSync(logPath, 'utf8').trimEnd()}`,
    );
  }
  return { origin: readStatus(data)?.origin ?? '', data, ports, stop };
}
