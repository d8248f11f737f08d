/** How a report writes instants, durations, percentages and amounts. Pure. */

import { readSpan, spanFact } from '../duration-text.ts';

/** Longest text of a field, in characters (the ESAs' schema counts code points). */
export const MAX_TEXT = 32_767;

const INSTANT = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;
const DECIMAL = /^-?\d{1,15}(?:\.\d{1,6})?$/;

/**
 * How an instant is written: `utc` as the ITS wants it (UTC, to the second), `fraction` in UTC with
 * parts of a second, `offset` with a zone other than Z, `impossible` on a day or at an hour that
 * doesn't exist, `none` as anything else.
 */
export type InstantForm = 'utc' | 'fraction' | 'offset' | 'impossible' | 'none';

export function instantForm(text: string): InstantForm {
  const match = INSTANT.exec(text);
  if (!match) return 'none';
  const [, year, month, day, hour, minute, second, fraction, zone] = match;
  const [y, mo, d, h, mi, s] = [year, month, day, hour, minute, second].map(Number);
  if (!isDay(y ?? 0, mo ?? 0, d ?? 0)) return 'impossible';
  if ((h ?? 99) > 23 || (mi ?? 99) > 59 || (s ?? 99) > 59) return 'impossible';
  if (zone !== 'Z') return 'offset';
  return fraction === undefined ? 'utc' : 'fraction';
}

function isDay(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  return (
    day <= new Date(Date.UTC(2000, month, 0)).getUTCDate() &&
    !(month === 2 && day === 29 && !isLeap(year))
  );
}

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** Milliseconds since 1970; null for what is no instant with a zone. */
export function millisOf(text: unknown): number | null {
  if (typeof text !== 'string') return null;
  const form = instantForm(text);
  if (form === 'none' || form === 'impossible') return null;
  const millis = Date.parse(text);
  return Number.isNaN(millis) ? null : millis;
}

/** An instant as reports write it: in UTC, cut to the second. Null for what is no instant. */
export function instantText(text: string): string | null {
  const millis = millisOf(text);
  return millis === null ? null : `${new Date(millis).toISOString().slice(0, 19)}Z`;
}

/** Whole minutes of a duration DD:HH:MM; null for what is none. */
export const minutesOf = (text: unknown): number | null =>
  typeof text === 'string' ? readSpan(text) : null;

/** The longest duration that fits. */
const MOST_MINUTES = 999 * 1440 + 1439;

/** A duration as DD:HH:MM, minutes begun counted whole; at most 999 days, 23 hours, 59 minutes. */
export const durationText = (minutes: number): string =>
  spanFact(Math.min(Math.max(Math.ceil(minutes), 0), MOST_MINUTES));

/**
 * A share as a percentage with one decimal at most, rounded half up: 1 of 8 is "12.5", 1 of 3 "33.3".
 * Null where there is no whole to take a share of, or where either is negative.
 */
export function percentText(part: bigint, whole: bigint): string | null {
  if (whole <= 0n || part < 0n) return null;
  const tenths = (part * 2000n + whole) / (whole * 2n);
  return tenths % 10n === 0n ? String(tenths / 10n) : `${tenths / 10n}.${tenths % 10n}`;
}

/** The number that a decimal text stands for; null for other text. Exact up to 15 digits. */
export function numberOf(text: string): number | null {
  if (!DECIMAL.test(text) || text.replace(/[-.]/g, '').length > 15) return null;
  const value = Number(text);
  return Object.is(value, -0) ? 0 : value;
}

/** The decimal text of a number of a document. */
export const textOf = (value: number): string => String(Object.is(value, -0) ? 0 : value);

/** How many decimals a number of a document is written with; null for one that needs an exponent. */
export function decimalsOf(value: number): number | null {
  const text = String(Math.abs(value));
  if (!/^\d+(?:\.\d+)?$/.test(text)) return null;
  return text.split('.')[1]?.length ?? 0;
}

/** Cents as the decimal text of an amount: 15000050n is "150000.5". */
export function amountText(cents: bigint): string {
  const sign = cents < 0n ? '-' : '';
  const size = cents < 0n ? -cents : cents;
  const rest = String(size % 100n)
    .padStart(2, '0')
    .replace(/0+$/, '');
  return `${sign}${size / 100n}${rest === '' ? '' : `.${rest}`}`;
}

/** Cents of a decimal text; null for what is no amount or finer than a cent. */
export function centsOf(text: unknown): bigint | null {
  const match = typeof text === 'string' ? /^(-?)(\d{1,15})(?:\.(\d{1,2}))?$/.exec(text) : null;
  if (!match) return null;
  const cents = BigInt(match[2] ?? '0') * 100n + BigInt((match[3] ?? '').padEnd(2, '0'));
  return match[1] === '-' ? -cents : cents;
}

/** An amount for people: "150000.5" is "150,000.50", a whole one has no decimals. */
export function readAmount(text: string): string {
  const cents = centsOf(text);
  if (cents === null) return text;
  const size = cents < 0n ? -cents : cents;
  const units = String(size / 100n).replace(/\B(?=(?:\d{3})+$)/g, ',');
  const rest = size % 100n === 0n ? '' : `.${String(size % 100n).padStart(2, '0')}`;
  return `${cents < 0n ? '-' : ''}${units}${rest}`;
}
