/**
 * JSON with exact numbers: integers become bigint, and decimals keep their digits, because Bitcoin
 * Core writes amounts as decimals in bitcoin and no float may come near them.
 */

/** What the runtime offers beyond TypeScript's library: number sources in `parse`. */
type SourceAwareJson = {
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
  ): unknown;
};
const json = JSON as unknown as SourceAwareJson;

/** Digits of the longest number read; all the satoshis there are have 16. */
const NUMBER_DIGITS_MAX = 40;
const EXPONENT_MAX = 20;

/** A number that is no integer in its text, such as `0.00001000` or `1e-8`. */
export class ExactDecimal {
  /** As the text had it. */
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  /**
   * @param places to move the point to the right, such as 8 from bitcoin to satoshis.
   * @returns null where digits would be left behind the point.
   */
  shifted(places: number): bigint | null {
    const found = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/.exec(this.source);
    if (!found) return null;
    const [, sign = '', whole = '', fraction = '', exponent = '0'] = found;
    const shift = places + Number(exponent) - fraction.length;
    if (Math.abs(shift) > NUMBER_DIGITS_MAX + EXPONENT_MAX) return null;
    const digits = BigInt(`${whole}${fraction}`);
    const factor = 10n ** BigInt(Math.abs(shift));
    if (shift < 0 && digits % factor !== 0n) return null;
    const value = shift < 0 ? digits / factor : digits * factor;
    return sign === '-' ? -value : value;
  }
}

/** @throws SyntaxError */
export function parseExactJson(text: string): unknown {
  return json.parse(text, (_key, value, { source }) => {
    if (typeof value !== 'number' || source === undefined) return value;
    if (source.length > NUMBER_DIGITS_MAX) throw new SyntaxError('A number has too many digits');
    return /^-?\d+$/.test(source) ? BigInt(source) : new ExactDecimal(source);
  });
}
