/** Where a text writes a telephone number: by itself, and not within an account, an amount or a reference. Pure. */
import { searchValue } from '../search-value.ts';
import type { Span } from './spans.ts';

/** Telephone numbers with fewer digits are amounts and references as often. */
const DIGITS_MIN = 9;
/** What is the same with and without the code of the country. */
const TAIL_DIGITS = 9;
const COUNTRY_DIGITS = 3;

/** Groups of digits with one or two signs between; a sign between spaces, or two spaces, part two numbers. */
const written =
  /\+?\(?\d(?:\d|[()/.-]{1,2}\d|[ \u00a0](?:\(\d|\d)|\)[ \u00a0]\d|[/.-][ \u00a0]\d)*/gu;
const inWord = /[\p{L}\p{M}\p{N}]/u;

/**
 * Places of a number, however it is grouped, with or without the code of the country.
 * @param value as it is kept; one of fewer than nine digits has no places.
 */
export function phonePlaces(text: string, value: string): Span[] {
  const number = searchValue('phone', value);
  const digits = number.replace(/\D/g, '').replace(/^0+/, '');
  if (digits.length < DIGITS_MIN) return [];
  const of = {
    tail: digits.slice(-TAIL_DIGITS),
    head: digits.slice(0, -TAIL_DIGITS),
    hasCountry: number.startsWith('+'),
  };
  return [...text.matchAll(written)].flatMap((match): Span[] => {
    const [from, to] = [match.index, match.index + match[0].length];
    const isApart = !inWord.test(text[from - 1] ?? '') && !inWord.test(text[to] ?? '');
    return isApart && !isAfterCode(text, from) && isWritten(match[0], of) ? [[from, to]] : [];
  });
}

/** A number of an account begins with letters: what follows them in groups belongs to it. */
const isAfterCode = (text: string, from: number): boolean =>
  /\p{L}\d+[ \u00a0-]$/u.test(text.slice(Math.max(0, from - 12), from));

type Wanted = { tail: string; head: string; hasCountry: boolean };

function isWritten(run: string, { tail, head, hasCountry }: Wanted): boolean {
  const digits = run.replace(/\D/g, '');
  if (!digits.endsWith(tail)) return false;
  const before = digits.slice(0, -tail.length);
  const place = before.replace(/^0+/, '');
  if (head.endsWith(place)) return true;
  // +49 (0) 171: the nought that is dialled within the country alone.
  if (
    run.includes('(0)') &&
    head === run.replace('(0)', '').replace(/\D/g, '').slice(0, -tail.length)
  )
    return true;
  const isAbroad = run.startsWith('+') || before.startsWith('00');
  return (
    isAbroad && !hasCountry && place.endsWith(head) && place.length - head.length <= COUNTRY_DIGITS
  );
}
