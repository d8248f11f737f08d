/**
 * Figures of the worksheet without rounding: a number or a decimal text becomes a whole number of 10^-24, so that
 * 10 % of a total and the cents of a sum are compared exactly. Pure.
 */
import { formatAmount, parseAmount } from '#lib/protocol/amount.ts';

/** Digits after the point that are kept; more than any finite number of everyday size is written with. */
const DECIMALS = 24;
/** One whole, in the units that figures are kept in. */
export const ONE = 10n ** BigInt(DECIMALS);
/** In the same units. No count or amount of a custodian is larger; what is, is a slip of the pen. */
export const LARGEST = 10n ** 15n * ONE;

export type FigureFault =
  | 'not-a-number'
  | 'negative'
  | 'not-whole'
  | 'too-many-decimals'
  | 'too-large';

/** The sentence for each fault. */
export const figureSentences: Readonly<Record<FigureFault, string>> = {
  'not-a-number': 'This is no number. Write digits with at most one point, such as 1250.50.',
  negative: 'This is less than nothing. Counts and amounts are 0 or more.',
  'not-whole': 'This counts whole things, so it has no decimals.',
  'too-many-decimals': `This has more than ${DECIMALS} decimals, and figures are not rounded.`,
  'too-large': 'This is larger than anything this entity can have.',
};

/**
 * Reads a count or an amount.
 * @param figure a number, or decimal text: digits with at most one point.
 * @returns units of 10^-24, or why it is no figure.
 */
export function readFigure(
  figure: unknown,
  { whole }: { whole: boolean },
): { ok: true; value: bigint } | { ok: false; fault: FigureFault } {
  const text = textOf(figure);
  if (text === null) return { ok: false, fault: 'not-a-number' };
  if (text.startsWith('-')) return { ok: false, fault: 'negative' };
  const amount = parseAmount(text, DECIMALS);
  if (!amount.ok && amount.fault !== 'zero') return { ok: false, fault: faultOf(amount.fault) };
  const value = amount.ok ? amount.value : 0n;
  if (value > LARGEST) return { ok: false, fault: 'too-large' };
  return whole && value % ONE !== 0n ? { ok: false, fault: 'not-whole' } : { ok: true, value };
}

function faultOf(
  fault: 'empty' | 'not-a-plain-number' | 'too-many-decimals' | 'too-large',
): FigureFault {
  return fault === 'too-many-decimals' || fault === 'too-large' ? fault : 'not-a-number';
}

function textOf(figure: unknown): string | null {
  if (typeof figure === 'string') return figure;
  if (typeof figure !== 'number' || !Number.isFinite(figure)) return null;
  // Minus nothing is nothing.
  return figure === 0 ? '0' : plainText(String(figure));
}

/** Writes out the power of ten with which JavaScript prints very small and very large numbers. */
function plainText(text: string): string {
  const match = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (!match) return text;
  const [, sign = '', first = '', rest = '', power = '0'] = match;
  const exponent = Number(power);
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${first}${rest}`;
  return `${sign}${first}${rest.padEnd(exponent, '0')}`;
}

/** A figure as people read it: grouped by commas, without trailing zeros, such as `12,500.5`. */
export function figureText(figure: bigint): string {
  return formatAmount(figure, DECIMALS).replace(/\.?0+$/, '');
}

/** A figure as a fact again: a number where that is exact, else decimal text. */
export function figureFact(figure: bigint): number | string {
  const text = figureText(figure).replaceAll(',', '');
  const number = Number(text);
  return String(number) === text ? number : text;
}

/**
 * A share in percent with at most two decimals, rounded half up; "about" says that it was rounded.
 * @param total more than 0.
 */
export function shareText(part: bigint, total: bigint): string {
  const hundredths = (part * 20_000n + total) / (total * 2n);
  const isExact = hundredths * total === part * 10_000n;
  return `${isExact ? '' : 'about '}${formatAmount(hundredths, 2).replace(/\.?0+$/, '')} %`;
}
