/** Helpers for tests that run real processes. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { processStart } from '../process-identity.ts';
import { pinnedNode, projectRoot } from '../settings.ts';

/** A new empty folder under the system's temporary folder. */
export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'countersign-test-'));

/** Different ports that nothing listens on at the moment. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports: number[] = [];
  for (const server of servers) {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    ports.push(address.port);
  }
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** Waits until a condition holds; fails with `what` when it does not in time. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  withinMs = 15_000,
): Promise<void> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    try {
      if (await condition()) return;
    } catch {
      // A condition that can't be asked yet does not hold yet.
    }
    if (Date.now() > deadline) throw new Error(`Not in time: ${what}`);
    await delay(25);
  }
}

export const isAlive = (pid: number): boolean => processStart(pid) !== null;

export type Running = {
  pid: number;
  output: () => string;
  ended: Promise<number | null>;
  kill: ChildProcess['kill'];
};

/** Runs a script of the project on Node 24. */
export function runScript(args: string[], env: Record<string, string>): Running {
  const child = spawn(pinnedNode, args, {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
      ...env,
    } as unknown as NodeJS.ProcessEnv,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    pid: child.pid ?? 0,
    output: () => output,
    ended,
    kill: (signal) => child.kill(signal),
  };
}
