/** How much memory a piece of work holds: what is live, at moments that the work names, for benches. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** The collector, which Node gives to nobody who does not ask. */
function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

/** Bytes that are live now. */
function liveBytes(collect: () => void): number {
  // Buffers that a collection finds dead are freed beside it and counted until then; the next one waits for that first.
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Of one measurement to the next, and how many are made at most. */
const stillBytes = 20_000;
const settleRounds = 30;

/**
 * What waits for a turn of the loop to be let go, of whatever the process did before, is not counted as held: it would
 * go during the work and hide as much of what the work holds.
 */
async function settledBytes(collect: () => void): Promise<number> {
  let last = liveBytes(collect);
  for (let round = 0, still = 0; round < settleRounds && still < 2; round += 1) {
    await nextTurn();
    const now = liveBytes(collect);
    still = Math.abs(last - now) < stillBytes ? still + 1 : 0;
    last = now;
  }
  return last;
}

/**
 * Moments are named by the work and not by a clock: by a clock, long work is looked at more often than short work, and
 * a brief peak that both have is seen in the one and missed in the other.
 *
 * @param work calls `look` wherever it may hold most; each look costs two whole collections.
 * @returns most kilobytes (1,000 bytes) that were live at a look, or after the end, beyond those before the work.
 */
export async function heldKb(work: (look: () => void) => Promise<void>): Promise<number> {
  const collect = collector();
  const before = await settledBytes(collect);
  let most = before;
  const look = () => {
    most = Math.max(most, liveBytes(collect));
  };
  await work(look);
  look();
  return (most - before) / 1000;
}
