/** JSON with integers of any size: `bigint` in, `bigint` out. */

/** What the runtime offers beyond TypeScript's library: number sources in `parse`, raw numbers in `stringify`. */
type SourceAwareJson = {
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
  ): unknown;
  stringify(value: unknown, replacer: (key: string, value: unknown) => unknown): string;
  rawJSON(text: string): unknown;
};
const json = JSON as unknown as SourceAwareJson;

/** Digits of the longest number read; a u64 has 20. Longer ones only cost time. */
const NUMBER_DIGITS_MAX = 40;

/** Every integer becomes a bigint, because amounts above 2^53 must stay exact. @throws SyntaxError */
export function parseExactJson(text: string): unknown {
  return json.parse(text, (_key, value, { source }) => {
    if (typeof value !== 'number' || source === undefined) return value;
    if (source.length > NUMBER_DIGITS_MAX) throw new SyntaxError('A number has too many digits');
    return /^-?\d+$/.test(source) ? BigInt(source) : value;
  });
}

/** Bigints become plain JSON integers. */
export function writeExactJson(value: unknown): string {
  return json.stringify(value, (_key, member) =>
    typeof member === 'bigint' ? json.rawJSON(member.toString()) : member,
  );
}
