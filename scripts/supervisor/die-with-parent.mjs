/**
 * Preloaded (`node --import`) into every Node.js child of the supervisor: when the supervisor is
 * gone, the child and what it started end too, first politely.
 */
import { whenParentIsGone } from './parent-pipe.mjs';

const GRACE_MS = 4_000;

function signalGroup(signal) {
  try {
    process.kill(-process.pid, signal);
  } catch {
    process.kill(process.pid, signal);
  }
}

whenParentIsGone(() => {
  // Nobody reads the output any more; a failed write must not cut the orderly end short.
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
  setTimeout(() => signalGroup('SIGKILL'), GRACE_MS);
  signalGroup('SIGTERM');
});
