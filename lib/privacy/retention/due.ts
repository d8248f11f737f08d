/**
 * When a period is over. Days are of the calendar; the period's last day belongs to it (Regulation 1182/71 Art 3), so
 * what is kept goes on the day after. Pure.
 */
import { monthsLater } from '#lib/incidents/days.ts';
import { dayAfter } from '#lib/incidents/time-zones.ts';
import { dayMs, dayOf, startOfDay } from '#lib/platform/days.ts';
import type { Period } from './schedule.ts';

const daysLater = (day: string, days: number): string =>
  dayOf(new Date(startOfDay(day).getTime() + days * dayMs));

/**
 * The first day on which it is not kept any more.
 * @param trigger day from which the period counts, YYYY-MM-DD.
 * @param isAsked the competent authority asked for the longer time.
 */
export function dueOn(
  { years, askedYears, days = 0 }: Period,
  trigger: string,
  isAsked = false,
): string {
  const whole = isAsked ? (askedYears ?? years) : years;
  if (whole !== undefined) return dayAfter(monthsLater(trigger, whole * 12));
  return dayAfter(daysLater(trigger, days));
}

/** The newest day from which a period counts that is over on this day. */
export function newestTrigger(period: Period, today: string, isAsked = false): string {
  const { years, askedYears, days = 0 } = period;
  const whole = isAsked ? (askedYears ?? years) : years;
  // Months differ, so begin before it and go on while the next day is over as well.
  let day =
    whole === undefined
      ? daysLater(today, -days - 1)
      : daysLater(monthsLater(today, -whole * 12), -3);
  while (dueOn(period, dayAfter(day), isAsked) <= today) day = dayAfter(day);
  return day;
}
