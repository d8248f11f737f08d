/** Amounts and spans as they stand in fields: text on one side, exact values on the other. Pure. */
import { decimalsOf, spanUnits } from '#lib/operations/policy-words.ts';
import { amountSentence, formatAmount, parseAmount } from '#lib/protocol/amount.ts';

/** A span of time: how many of which unit, the unit in seconds. An empty count is no span. */
export type SpanText = { count: string; unit: number };

export type Reading<T> = { ok: true; value: T } | { ok: false; sentence: string };

const good = <T>(value: T): Reading<T> => ({ ok: true, value });
const bad = (sentence: string): { ok: false; sentence: string } => ({ ok: false, sentence });

export const noSpan: SpanText = { count: '', unit: 3600 };

/** In the largest unit that leaves no rest. */
export function spanTextOf(seconds: number | undefined): SpanText {
  if (seconds === undefined) return noSpan;
  const [unit] = spanUnits.find(([size]) => seconds % size === 0) ?? spanUnits[3];
  return { count: String(seconds / unit), unit };
}

const longest = (most: number): string => `At most ${Math.floor(most / 86_400)} days.`;

/** Whole units only, between `least` and `most` seconds. */
export function readSpan(
  { count, unit }: SpanText,
  { least, most }: { least: number; most: number },
): Reading<number> {
  if (!/^(?:0|[1-9]\d{0,8})$/.test(count))
    return bad('Write a whole number, such as 24. Choose the unit beside it.');
  const seconds = Number(count) * unit;
  if (seconds < least)
    return bad(
      `At least ${least === 60 ? 'one minute' : `${least} second${least === 1 ? '' : 's'}`}.`,
    );
  return seconds > most ? bad(longest(most)) : good(seconds);
}

/** Smallest units as the plain text that a field holds: `1.5`, without zeros that say nothing. */
export function amountTextOf(units: string, decimals: number): string {
  const text = formatAmount(BigInt(units), decimals).replaceAll(',', '');
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** The same for an asset; one that the console does not know is counted in smallest units. */
export const assetTextOf = (units: string, asset: string): string =>
  amountTextOf(units, decimalsOf(asset) ?? 0);

/** @param zero whether nothing at all is an amount here: "above 0". */
export function readAmountText(
  text: string,
  unit: { name: string; decimals: number },
  zero: boolean,
): Reading<string> {
  const parsed = parseAmount(text.trim(), unit.decimals);
  if (parsed.ok) return good(parsed.value.toString());
  if (parsed.fault === 'zero' && zero) return good('0');
  return bad(amountSentence(parsed.fault, unit.name, unit.decimals));
}

export const readAssetAmount = (text: string, asset: string, zero: boolean): Reading<string> =>
  readAmountText(text, { name: asset, decimals: decimalsOf(asset) ?? 0 }, zero);

/** Euro with two decimals. */
export const readEur = (text: string): Reading<string> =>
  readAmountText(text, { name: 'EUR', decimals: 2 }, true);

/** What a field's text comes to, written out in full: "1,000.000000000 SOL". */
export function exactText(text: string, asset: string): string | null {
  const decimals = asset === 'EUR' ? 2 : (decimalsOf(asset) ?? 0);
  const read = readAmountText(text, { name: asset, decimals }, true);
  if (!read.ok) return null;
  const unit = asset === 'EUR' || decimalsOf(asset) !== null ? asset : `smallest units of ${asset}`;
  return `${formatAmount(BigInt(read.value), decimals)} ${unit}`;
}
