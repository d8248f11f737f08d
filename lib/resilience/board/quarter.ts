/** Quarters of the calendar year in UTC, named like 2026-Q3. Pure. */
import { daysAfter } from '../days.ts';

/** Days, both inclusive. */
export type QuarterDays = { from: string; until: string };

const name = /^(2\d{3})-Q([1-4])$/;

/** Its first and last day; null for what names no quarter. */
export function quarterDays(quarter: string): QuarterDays | null {
  const [, year, place] = name.exec(quarter) ?? [];
  if (year === undefined || place === undefined) return null;
  const first = (months: number): string =>
    new Date(Date.UTC(Number(year), (Number(place) - 1) * 3 + months)).toISOString().slice(0, 10);
  return { from: first(0), until: daysAfter(first(3), -1) };
}

/** The quarter that lies so many before the one of an instant. */
export function quarterBefore(now: Date, quarters: number): string {
  const at = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 3 * quarters));
  return `${at.getUTCFullYear()}-Q${Math.floor(at.getUTCMonth() / 3) + 1}`;
}

/** How many quarters back a pack may be made for. */
export const quartersBackMax = 4;

/** The quarters that a pack may be made for, the one that runs first. */
export const quartersOffered = (now: Date): string[] =>
  Array.from({ length: quartersBackMax + 1 }, (_, back) => quarterBefore(now, back));

/** 2026-Q3 as people read it: "third quarter of 2026". */
export function quarterWords(quarter: string): string {
  const [, year = '', place = ''] = name.exec(quarter) ?? [];
  const word = ['first', 'second', 'third', 'fourth'][Number(place) - 1] ?? place;
  return year === '' ? quarter : `${word} quarter of ${year}`;
}
