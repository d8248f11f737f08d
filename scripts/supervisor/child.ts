/** Starting and ending one child process, together with whatever it starts itself. */
import { spawn, type ChildProcess } from 'node:child_process';
import { eachLine } from './lines.ts';
import type { Command } from './service.ts';
import { projectRoot } from './settings.ts';

export type ChildEnd = { code: number | null; signal: NodeJS.Signals | null };

export type Child = {
  pid: number | null;
  /** Settles when the process is gone; never rejects. */
  ended: Promise<ChildEnd>;
  signal: (signal: NodeJS.Signals) => void;
};

/** Descriptor whose end tells a child that the supervisor is gone; see parent-pipe.mjs. */
const PARENT_FD = 3;

/**
 * Starts a child in a process group of its own, so that a Ctrl-C in the terminal reaches only the
 * supervisor, which then stops everything in order.
 */
export function startChild(command: Command, onLine: (line: string) => void): Child {
  const child = spawn(command.file, command.args, {
    cwd: projectRoot,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    env: {
      ...command.env,
      COUNTERSIGN_PARENT_FD: String(PARENT_FD),
    } as unknown as NodeJS.ProcessEnv,
    ...(command.user ? { uid: command.user.uid, gid: command.user.gid } : {}),
  });
  for (const stream of [child.stdout, child.stderr]) if (stream) eachLine(stream, onLine);
  // The pipe carries nothing; an error on it is the child's end, noticed below.
  child.stdio[PARENT_FD]?.on('error', () => undefined);
  const ended = new Promise<ChildEnd>((resolve) => {
    child.once('error', (error) => {
      onLine(`cannot be started: ${error.message}`);
      if (child.pid === undefined) resolve({ code: null, signal: null });
    });
    child.once('exit', (code, signal) => {
      resolve({ code, signal });
    });
  });
  return {
    pid: child.pid ?? null,
    ended,
    signal: (signal) => {
      signalChild(child, signal);
    },
  };
}

/** SIGKILL goes to the whole group, an orderly signal only to the process, which knows its own. */
function signalChild(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (signal === 'SIGKILL') process.kill(-child.pid, signal);
    else if (child.exitCode === null && child.signalCode === null) child.kill(signal);
  } catch {
    // Already gone.
  }
}
