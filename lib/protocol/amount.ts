/** Amounts between people and machines: decimal text on one side, smallest units on the other. */

export type AmountFault =
  | 'empty'
  | 'not-a-plain-number'
  | 'too-many-decimals'
  | 'zero'
  | 'too-large';

const plainNumber = /^(?:0|[1-9][0-9]*)(?:\.([0-9]+))?$/;

/**
 * Reads an amount as people type it: ASCII digits with at most one point. Signs, exponents,
 * grouping, spaces and other scripts' digits are refused, and nothing is ever rounded.
 * @param decimals digits after the point that the asset has.
 * @returns smallest units, or why the text is no amount.
 */
export function parseAmount(
  text: string,
  decimals: number,
): { ok: true; value: bigint } | { ok: false; fault: AmountFault } {
  if (text === '') return { ok: false, fault: 'empty' };
  if (text.length > 80) return { ok: false, fault: 'too-large' };
  const match = plainNumber.exec(text);
  if (!match) return { ok: false, fault: 'not-a-plain-number' };
  const fraction = match[1] ?? '';
  if (fraction.length > decimals) return { ok: false, fault: 'too-many-decimals' };
  const whole = text.split('.')[0] ?? '';
  const value = BigInt(whole + fraction.padEnd(decimals, '0'));
  if (value === 0n) return { ok: false, fault: 'zero' };
  if (value >= 10n ** 78n) return { ok: false, fault: 'too-large' };
  return { ok: true, value };
}

/** The sentence for each fault, for the asset at hand. */
export function amountSentence(fault: AmountFault, asset: string, decimals: number): string {
  switch (fault) {
    case 'empty':
      return 'Enter an amount.';
    case 'not-a-plain-number':
      return `Write the amount as digits with at most one point, such as 1.25. No sign, space, comma or exponent.`;
    case 'too-many-decimals':
      return `${asset} has ${decimals} decimals. The amount is not rounded, so enter at most that many.`;
    case 'zero':
      return 'The amount must be more than zero.';
    case 'too-large':
      return 'This amount is larger than any that can exist.';
  }
}

/**
 * Smallest units as exact decimal text with every decimal the asset has, whole part grouped by
 * commas: `1234567890n` with 9 decimals is `1.234567890`.
 */
export function formatAmount(units: bigint, decimals: number): string {
  const negative = units < 0n;
  const digits = (negative ? -units : units).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals).replace(/\B(?=(\d{3})+$)/g, ',');
  const fraction = decimals === 0 ? '' : `.${digits.slice(-decimals)}`;
  return `${negative ? '−' : ''}${whole}${fraction}`;
}
