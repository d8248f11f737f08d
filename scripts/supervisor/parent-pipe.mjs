/**
 * A process learns from the end of a pipe that whoever started it is gone: the system closes the
 * other end however the starter ended, `kill -9` included.
 */
import { Socket } from 'node:net';

/**
 * Calls `onGone` once when the starter is gone; does nothing for a process started by hand.
 * The descriptor's number stands in COUNTERSIGN_PARENT_FD, which this takes out of the environment.
 * @param {() => void} onGone
 */
export function whenParentIsGone(onGone) {
  const number = process.env.COUNTERSIGN_PARENT_FD;
  delete process.env.COUNTERSIGN_PARENT_FD;
  if (number === undefined || !/^\d{1,3}$/.test(number)) return;
  let pipe;
  try {
    pipe = new Socket({ fd: Number(number), readable: true, writable: false });
  } catch {
    // The variable came without a descriptor: nothing to watch.
    return;
  }
  let isGone = false;
  const end = () => {
    if (isGone) return;
    isGone = true;
    pipe.destroy();
    onGone();
  };
  pipe.on('end', end).on('error', end).on('close', end);
  pipe.resume();
  pipe.unref();
}
