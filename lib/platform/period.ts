/** The days that figures are of: read out of an address, and the same days before, to compare with. Pure. */
import { z } from 'zod';
import { dayMs, dayOf, endOfDay, startOfDay } from '#lib/platform/days.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { repeated, type Asked } from '#lib/platform/search-params.ts';

/** Days, both inclusive, in UTC. */
export type Period = { from: string; until: string };

/** Five years and the leap days in them. */
const daysMax = 5 * 366;

/** The twelve months that end today. */
export function usualPeriod(now: Date): Period {
  const from = new Date(now.getTime());
  from.setUTCFullYear(from.getUTCFullYear() - 1);
  return { from: dayOf(new Date(from.getTime() + dayMs)), until: dayOf(now) };
}

/** Periods that are a link away; each ends today. */
export function periodsOffered(now: Date): { label: string; period: Period }[] {
  const ending = (label: string, days: number) => ({
    label,
    period: { from: dayOf(new Date(now.getTime() - (days - 1) * dayMs)), until: dayOf(now) },
  });
  const fiveYears = usualPeriod(now);
  return [
    ending('Last 90 days', 90),
    { label: 'Last 12 months', period: usualPeriod(now) },
    {
      label: 'Last 5 years',
      period: {
        ...fiveYears,
        from: `${Number(fiveYears.from.slice(0, 4)) - 4}${fiveYears.from.slice(4)}`,
      },
    },
  ];
}

/** @param asked `from` and `until`; without them the usual period. */
export function readPeriod(asked: Asked, now: Date): Result<Period, 'period-invalid'> {
  const [from, until] = [asked['from']?.trim() || null, asked['until']?.trim() || null];
  const usual = usualPeriod(now);
  const read = { from: from ?? usual.from, until: until ?? usual.until };
  for (const [name, day] of [
    ['From', read.from],
    ['Until', read.until],
  ] as const)
    if (!z.iso.date().safeParse(day).success)
      return refuse(
        'period-invalid',
        `${name}: “${repeated(day)}” is no day of the calendar. Give one such as 2026-11-28.`,
      );
  if (read.from > read.until)
    return refuse('period-invalid', 'The first day lies after the last one.');
  if (startOfDay(read.until).getTime() - startOfDay(read.from).getTime() > daysMax * dayMs)
    return refuse('period-invalid', 'Ask for at most five years at once.');
  return ok(read);
}

/** Months that a period touches, as 2026-11, the earliest first. */
export function monthsOf({ from, until }: Period): string[] {
  const months: string[] = [];
  for (let at = startOfDay(`${from.slice(0, 7)}-01`); dayOf(at) <= until;) {
    months.push(dayOf(at).slice(0, 7));
    at = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1));
  }
  return months;
}

/** Instants, the later one exclusive; nothing where both are the same. */
type Range = { from: Date; until: Date };
/** A period as whole months (UTC) with the days before and after them. */
export type Parts = { head: Range; whole: Range; tail: Range };

export function partsOf({ from, until }: Period): Parts {
  const [first, last] = [startOfDay(from), endOfDay(until)];
  const startsWhole = first.getUTCDate() === 1;
  const month = (at: Date, ahead: number): Date =>
    new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + ahead, 1));
  const wholeFrom = month(first, startsWhole ? 0 : 1);
  const wholeUntil = month(last, 0);
  if (wholeUntil <= wholeFrom) {
    // No month is whole: all days stand before the first that would be, or after it.
    const turn = wholeFrom < last ? wholeFrom : last;
    return {
      head: { from: first, until: turn },
      whole: { from: turn, until: turn },
      tail: { from: turn, until: last },
    };
  }
  return {
    head: { from: first, until: wholeFrom },
    whole: { from: wholeFrom, until: wholeUntil },
    tail: { from: wholeUntil, until: last },
  };
}
