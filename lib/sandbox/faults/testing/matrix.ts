/** The cells of the matrix: all of them, or a sample that the same seed draws again. */
import { POINTS, VICTIMS, type Point } from './points.ts';
import { randomFrom } from './random.ts';
import type { Victim } from './stack.ts';

export type Cell = {
  point: Point;
  victim: Victim;
  /** What the victim had sent is not lost but arrives when its successor is at work. */
  isLate: boolean;
};

const lateCells = (): Cell[] =>
  POINTS.filter(({ hold }) => hold.side === 'request').map((point) => ({
    point,
    victim: point.speaker,
    isLate: true,
  }));

export const allCells = (): Cell[] => [
  ...POINTS.flatMap((point) => VICTIMS.map((victim) => ({ point, victim, isLate: false }))),
  ...lateCells(),
];

const LATE_IN_SAMPLE = 2;

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const rest = [...items];
  const drawn: T[] = [];
  while (rest.length > 0) drawn.push(...rest.splice(Math.floor(random() * rest.length), 1));
  return drawn;
}

/** Every point once, every victim about equally often, and some of the late messages. */
export function sampleCells(seed: number): Cell[] {
  const random = randomFrom(seed);
  const victims: Victim[] = [];
  while (victims.length < POINTS.length) victims.push(...shuffled(VICTIMS, random));
  const cells = shuffled(POINTS, random).map((point, place) => ({
    point,
    victim: victims[place] ?? 'worker',
    isLate: false,
  }));
  return [...cells, ...shuffled(lateCells(), random).slice(0, LATE_IN_SAMPLE)];
}
