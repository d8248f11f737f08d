/** Everything that means "stop": a signal, a lost parent, a second impatient Ctrl-C. */
import { whenParentIsGone } from './parent-pipe.mjs';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** A Ctrl-C reaches this process from the terminal and again through npm; that is one request. */
const SAME_REQUEST_MS = 700;

/**
 * @param onImpatient called when someone asks again while the orderly stop still goes on
 * @returns a signal that is aborted at the first request
 */
export function listenForStop(onImpatient: () => void): AbortSignal {
  const stop = new AbortController();
  let firstAt = 0;
  const request = (isPerson: boolean): void => {
    if (!stop.signal.aborted) {
      firstAt = Date.now();
      stop.abort();
    } else if (isPerson && Date.now() - firstAt > SAME_REQUEST_MS) onImpatient();
  };
  for (const signal of SIGNALS)
    process.on(signal, () => {
      request(signal === 'SIGINT');
    });
  whenParentIsGone(() => {
    request(false);
  });
  // A closed terminal must not cut the orderly stop short by failed writes.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
  return stop.signal;
}

/** Resolves when the signal is aborted. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => {
      resolve();
    });
  });
}
