/** Gets the project ready to run and hands over to a script on the pinned Node 24. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureGenerated } from './generate.mjs';
import { ensureInstalled, pinnedNode } from './install.mjs';
import { Problem } from './problem.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const PARENT_CHECK_MS = 500;

/** Parent of another process, where the system shows it in a file. */
function parentOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold anything; the parent is the second field after it.
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return null;
  }
}

/** True for the shell that npm may put between itself and a script. */
function isShell(pid) {
  try {
    return /^(?:\S*\/)?(?:ba|da|z|a)?sh\0-c\0/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
  } catch {
    return false;
  }
}

/**
 * npm hands on SIGINT and SIGTERM, but not its own violent death: then nobody would stop what it
 * started. A process that npm started notices by the ids above it; between the two there may be a
 * shell, which does not care about npm either.
 */
function watchForLostNpm(onLost) {
  if (!process.env.npm_lifecycle_event || process.platform === 'win32') return;
  const parent = process.ppid;
  const npm = isShell(parent) ? parentOf(parent) : null;
  const timer = setInterval(() => {
    if (process.ppid === parent && (npm === null || parentOf(parent) === npm)) return;
    clearInterval(timer);
    onLost();
  }, PARENT_CHECK_MS);
  timer.unref();
}

function runOnPinnedNode(args) {
  const child = spawn(pinnedNode(root), args, {
    cwd: root,
    // The child learns from the end of this pipe that this process is gone, however it ended.
    stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
    env: { ...process.env, COUNTERSIGN_PARENT_FD: '3' },
  });
  for (const signal of SIGNALS) process.on(signal, () => child.kill(signal));
  watchForLostNpm(() => child.kill('SIGTERM'));
  child.on('error', (error) => {
    console.error(`${args[0]} cannot be run: ${error.message}`);
    process.exitCode = 1;
  });
  child.on('close', (code, signal) => {
    process.exit(signal ? 1 : (code ?? 1));
  });
}

/**
 * Installs what is missing, then runs `args` (a script and its arguments) on Node 24 and ends with
 * its exit code.
 * @param {string[]} args
 */
export async function launch(args) {
  try {
    await ensureInstalled(root);
    ensureGenerated(root);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    console.error(`\n${error.message}`);
    process.exit(1);
  }
  runOnPinnedNode(args);
}
