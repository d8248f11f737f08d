/**
 * Loaded into a party's process before the party itself: writes down each turn of its event loop in which
 * nothing else could be answered for longer than `FLOOR_MS`. A timer that is due every millisecond comes
 * late by as much as the turn took.
 */
import { FLOOR_MS, TURN_EVENT } from './long-turns.ts';

const MICROSECONDS = 1_000;

/** Of the clock, and of the processor in this thread, in milliseconds. */
function read(): { at: number; cpu: number } {
  const { user, system } = process.threadCpuUsage();
  return { at: performance.timeOrigin + performance.now(), cpu: (user + system) / MICROSECONDS };
}

let last = read();
setInterval(() => {
  const now = read();
  const [ms, cpuMs] = [now.at - last.at, now.cpu - last.cpu];
  if (ms > FLOOR_MS)
    process.stdout.write(`${JSON.stringify({ event: TURN_EVENT, at: now.at, ms, cpuMs })}\n`);
  last = read();
}, 1).unref();
