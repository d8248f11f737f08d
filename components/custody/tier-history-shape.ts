/** Where the points of a history lie in its chart. Pure. */
import type { BandView } from '#lib/operations/tiers/tier-holdings.ts';
import type { SharePoint } from '#lib/operations/tiers/view-tiers.ts';

const dayMs = 86_400_000;
const days = 90;
/** Five percent: the range begins and ends at one of these. */
const step = 500;

export type Range = { from: number; to: number };

/** From a round figure below the lowest share, or below the promise, up to everything. */
export function historyRange(history: readonly SharePoint[], band: BandView): Range {
  const lowest = Math.min(band.floor, ...history.map(({ shares: { cold } }) => cold ?? 0));
  return { from: Math.max(0, Math.floor((lowest - 1) / step) * step), to: 10_000 };
}

/** Place of each of the last 90 whole days (UTC), 0 for the oldest. */
export function dayPlaces(today: string): ReadonlyMap<string, number> {
  const midnight = Math.floor(Date.parse(today) / dayMs) * dayMs;
  return new Map(
    Array.from({ length: days }, (_, place) => [
      new Date(midnight - (days - place) * dayMs).toISOString().slice(0, 10),
      place,
    ]),
  );
}

/**
 * One line for each run of days without a gap, as `points` of a polyline in a field of 90 by 100. A day
 * is as wide as itself, so that one alone is seen too.
 */
export function pointsOf(
  history: readonly SharePoint[],
  places: ReadonlyMap<string, number>,
  { from, to }: Range,
): string[] {
  const runs: string[][] = [];
  let before: number | null = null;
  for (const { day, shares } of history) {
    const place = places.get(day);
    if (place === undefined || shares.cold === null) continue;
    const y = (100 - (100 * (shares.cold - from)) / (to - from)).toFixed(2);
    if (before !== place - 1) runs.push([]);
    runs.at(-1)?.push(`${place},${y}`, `${place + 1},${y}`);
    before = place;
  }
  return runs.map((run) => run.join(' '));
}
