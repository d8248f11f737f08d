/** Reads what `turn-clock.ts` wrote in a party's process. */
import { z } from 'zod';

export const TURN_EVENT = 'long-turn';
/** Shorter turns than this are not written down, in milliseconds. */
export const FLOOR_MS = 2;

const line = z.object({
  event: z.literal(TURN_EVENT),
  at: z.number(),
  ms: z.number(),
  cpuMs: z.number(),
});

/**
 * When it ended, in milliseconds since 1970, how long it took, and how much of that the thread had a processor:
 * the rest it waited for one, as on a busy machine, or for a disk.
 */
export type Turn = { at: number; ms: number; cpuMs: number };
/** The longest of several by either measure, in milliseconds. */
export type Longest = Pick<Turn, 'ms' | 'cpuMs'>;
export type Span = { from: number; to: number };

/** Of the clock that both processes read, in milliseconds since 1970. */
export const clockNow = (): number => performance.timeOrigin + performance.now();

/** Extra environment for a party whose turns are to be measured. */
export const turnClock: Readonly<Record<string, string>> = {
  NODE_OPTIONS: `--import ${new URL('turn-clock.ts', import.meta.url).href}`,
};

/** @param output everything that a party's process wrote, among it lines that are no turns. */
export function turnsIn(output: string): Turn[] {
  return output.split('\n').flatMap((text) => {
    if (!text.includes(TURN_EVENT)) return [];
    const { at, ms, cpuMs } = line.parse(JSON.parse(text));
    return [{ at, ms, cpuMs }];
  });
}

/** The longest turns that fell into the span at all; `FLOOR_MS` where none was longer. */
export function longestIn(turns: readonly Turn[], { from, to }: Span): Longest {
  const within = turns.filter(({ at, ms }) => at >= from && at - ms <= to);
  return {
    ms: Math.max(FLOOR_MS, ...within.map(({ ms }) => ms)),
    cpuMs: Math.max(FLOOR_MS, ...within.map(({ cpuMs }) => cpuMs)),
  };
}
