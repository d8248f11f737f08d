/** Remembers the slot over a restart, so that slots never go back. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

/** Slots between two writes of the file. */
export const CLOCK_SAVED_EVERY = 25;
const FIRST_SLOT = 100;

const clock = z.object({ slot: z.int().min(0), stopped: z.boolean() });

/** @returns the slot to go on from: after an unclean stop, one that nobody can have seen yet. */
export function readClock(path: string): number {
  try {
    const saved = clock.parse(JSON.parse(readFileSync(path, 'utf8')));
    return saved.stopped ? saved.slot : saved.slot + 2 * CLOCK_SAVED_EVERY;
  } catch {
    // A new chain, or a power cut: the log's last slot is the floor then.
    return FIRST_SLOT;
  }
}

/** @param stopped true when no slot follows until the next start. */
export function saveClock(path: string, slot: number, stopped: boolean): void {
  writeFileSync(`${path}.new`, JSON.stringify({ slot, stopped }), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
