/** Working days, Monday to Friday in UTC. Public holidays differ by place and are not known here. */

const dayMs = 86_400_000;
/** 1 January 1970 was a Thursday. */
const isWorkingDay = (day: number): boolean => {
  const weekday = (((day + 4) % 7) + 7) % 7;
  return weekday !== 0 && weekday !== 6;
};
const dayOf = (at: Date): number => Math.floor(at.getTime() / dayMs);

/** Working days that began after the first and until the last instant: 0 on the same day. */
export function businessDaysBetween(from: Date, to: Date): number {
  const [first, last] = [dayOf(from), dayOf(to)];
  if (last <= first) return 0;
  const weeks = Math.floor((last - first) / 7);
  let count = weeks * 5;
  for (let day = first + weeks * 7 + 1; day <= last; day += 1) if (isWorkingDay(day)) count += 1;
  return count;
}

/** End of the working day that comes so many working days later; for 0 on a weekend the next one. */
export function addBusinessDays(from: Date, days: number): Date {
  let day = dayOf(from);
  for (let left = days; left > 0 || !isWorkingDay(day);) {
    day += 1;
    if (isWorkingDay(day) && left > 0) left -= 1;
  }
  return new Date((day + 1) * dayMs - 1);
}

export const ageBands = ['0-1', '2-3', '4-5', 'over-5'] as const;
export type AgeBand = (typeof ageBands)[number];

/** @param days working days since the break was found. */
export function ageBandOf(days: number): AgeBand {
  if (days <= 1) return '0-1';
  if (days <= 3) return '2-3';
  return days <= 5 ? '4-5' : 'over-5';
}
