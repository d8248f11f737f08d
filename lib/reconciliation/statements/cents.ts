/** Amounts of a currency with two decimals, as a bank writes them, in whole cents. Exact. Pure. */

/** Digits of an amount at most; the ISO messages have up to 18. */
const DIGITS_MAX = 27;

export type DecimalMark = 'point' | 'comma';

/**
 * Digits with at most one decimal mark. Grouping, blanks, exponents and other digits are refused;
 * a third decimal is taken only when it is 0, because nothing is ever rounded.
 * @returns cents, or null when the text is no such amount.
 */
export function readCents(text: string, mark: DecimalMark = 'point'): bigint | null {
  if (text.length > DIGITS_MAX + 1) return null;
  const match = (mark === 'point' ? /^([0-9]+)(?:\.([0-9]+))?$/ : /^([0-9]+)(?:,([0-9]+))?$/).exec(
    text,
  );
  if (!match) return null;
  const [, whole = '', fraction = ''] = match;
  if (whole.length + fraction.length > DIGITS_MAX) return null;
  if (!/^0*$/.test(fraction.slice(2))) return null;
  return BigInt(whole + fraction.slice(0, 2).padEnd(2, '0'));
}

/** As `readCents`, with a minus sign before what went out. */
export function readSignedCents(text: string, mark: DecimalMark): bigint | null {
  const isMinus = text.startsWith('-');
  const cents = readCents(isMinus ? text.slice(1) : text, mark);
  return cents !== null && isMinus ? -cents : cents;
}

/** Two decimals, no grouping: what a file holds. */
export function centsText(cents: bigint, mark: DecimalMark = 'point'): string {
  const digits = (cents < 0n ? -cents : cents).toString().padStart(3, '0');
  const text = `${digits.slice(0, -2)}${mark === 'point' ? '.' : ','}${digits.slice(-2)}`;
  return cents < 0n ? `-${text}` : text;
}
