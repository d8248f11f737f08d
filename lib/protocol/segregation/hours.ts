/** Instants that show every way in which the hours of a policy's rules can stand to each other. */
import { hoursHold, wallClock } from '../policy-conditions.ts';
import type { Policy, PolicyConditions } from '../policy.ts';

type Hours = NonNullable<PolicyConditions['hours']>;

const MINUTE = 60_000;
const WEEK_MINUTES = 7 * 24 * 60;
/**
 * A Monday, 00:00 UTC. Any year will do: what matters is how the zones stand to each other, and that
 * repeats from year to year.
 */
const FIRST_MONDAY = Date.UTC(2026, 0, 5);
const WEEKS = 53;

const instantAt = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** Minutes by which a zone is ahead of UTC, within half a week. */
function offsetOf(zone: string, milliseconds: number): number {
  const local = wallClock(zone, instantAt(milliseconds));
  const utc = wallClock('UTC', instantAt(milliseconds));
  const ahead = minuteOfWeek(local) - minuteOfWeek(utc) + WEEK_MINUTES;
  return ((ahead + WEEK_MINUTES / 2) % WEEK_MINUTES) - WEEK_MINUTES / 2;
}

function minuteOfWeek({ day, time }: { day: number; time: string }): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return ((day - 1) * 24 + hour) * 60 + minute;
}

type Week = { monday: number; offsets: ReadonlyMap<string, number> };

/** One week for each way in which the zones stand to each other at its beginning and end. */
function typicalWeeks(zones: readonly string[]): Week[] {
  const weeks = new Map<string, Week>();
  for (let week = 0; week < WEEKS; week += 1) {
    const monday = FIRST_MONDAY + week * WEEK_MINUTES * MINUTE;
    const at = (milliseconds: number): number[] =>
      zones.map((zone) => offsetOf(zone, milliseconds));
    const offsets = at(monday);
    const name = [...offsets, ...at(monday + (WEEK_MINUTES - 1) * MINUTE)].join(' ');
    if (weeks.has(name)) continue;
    weeks.set(name, {
      monday,
      offsets: new Map(zones.map((zone, place) => [zone, offsets[place] ?? 0])),
    });
  }
  return [...weeks.values()];
}

/** Every minute of a week at which some hours begin or end, or a day does. */
function turns({ monday, offsets }: Week, all: readonly Hours[]): number[] {
  const minutes = new Set([0]);
  for (const { zone, from, to } of all)
    for (const time of ['00:00', from, to])
      for (let day = 1; day <= 7; day += 1) {
        const local = minuteOfWeek({ day, time }) - (offsets.get(zone) ?? 0);
        minutes.add((local + WEEK_MINUTES) % WEEK_MINUTES);
      }
  return [...minutes].map((minute) => monday + minute * MINUTE);
}

/** @returns instants, one for each combination of the rules' hours that can hold and not hold at once. */
export function typicalInstants(policy: Policy): string[] {
  const all = [
    ...new Map(
      policy.rules.flatMap(({ when: { hours } }) =>
        hours ? [[JSON.stringify(hours), hours]] : [],
      ),
    ).values(),
  ];
  if (all.length === 0) return [instantAt(FIRST_MONDAY)];
  const zones = [...new Set(all.map(({ zone }) => zone))];
  const found = new Map<string, string>();
  for (const week of typicalWeeks(zones))
    for (const turn of turns(week, all)) {
      const now = instantAt(turn);
      const held = all.map((hours) => Number(hoursHold(hours, now))).join('');
      if (!found.has(held)) found.set(held, now);
    }
  return [...found.values()];
}
