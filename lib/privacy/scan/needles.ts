/**
 * In which forms a value could stand somewhere: as it is written, in other case and composition, escaped for JSON, for
 * an address or for COPY, and as hex, base64 or UTF-16. Pure.
 */

/** Shorter values stand everywhere by chance, so that a search for them says nothing. */
export const VALUE_MIN = 3;
export const VALUE_MAX = 500;
export const VALUES_MAX = 100;
/** A piece of base64 that is shorter is found by chance in what is random. */
const BASE64_MIN = 8;

/** A form of one of the values, as text of which each character is a byte, ASCII in lower case. */
export type Needle = { value: number; bytes: string };

/** Bytes as they are compared: one character each, ASCII letters in lower case. */
export const comparable = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString('latin1')
    .replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

const spellings = (value: string): string[] =>
  [value, value.toLowerCase(), value.toUpperCase()].flatMap((one) => [
    one.normalize('NFC'),
    one.normalize('NFD'),
  ]);

const jsonEscaped = (text: string): string =>
  JSON.stringify(text)
    .slice(1, -1)
    .replace(
      /[\u0080-\uffff]/g,
      (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );

const copyEscaped = (text: string): string =>
  text.replace(/\\/g, '\\\\').replace(/\n/g, '\\n').replace(/\r/g, '\\r').replace(/\t/g, '\\t');

/** What of base64 is the same whatever stands around the bytes, for each of the three places they may begin at. */
function base64Cores(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const from = Math.ceil((before * 8) / 6);
    const to = Math.floor(((before + bytes.length) * 8) / 6);
    const core = text.slice(from, to);
    return core.length < BASE64_MIN ? [] : [core, core.replace(/\+/g, '-').replace(/\//g, '_')];
  });
}

function formsOf(value: string): Buffer[] {
  const plain = [...new Set(spellings(value))];
  const texts = plain.flatMap((one) => [
    one,
    jsonEscaped(one),
    JSON.stringify(one).slice(1, -1),
    // As it stands in what COPY wrote, such as a backup; JSON in it is escaped twice.
    copyEscaped(one),
    copyEscaped(jsonEscaped(one)),
    copyEscaped(JSON.stringify(one).slice(1, -1)),
    encodeURIComponent(one),
    encodeURIComponent(one).replace(/%20/g, '+'),
  ]);
  const coded = plain.flatMap((one) => {
    const bytes = Buffer.from(one, 'utf8');
    return [bytes.toString('hex'), ...base64Cores(bytes)];
  });
  return [
    ...[...texts, ...coded].map((one) => Buffer.from(one, 'utf8')),
    ...plain.map((one) => Buffer.from(one, 'utf16le')),
  ];
}

/** All forms of all values, each once. */
export function needlesOf(values: readonly string[]): Needle[] {
  return values.flatMap((value, index) =>
    [...new Set(formsOf(value).map(comparable))].map((bytes) => ({ value: index, bytes })),
  );
}

/** Which of the values stand in these bytes, by their numbers. */
export function valuesIn(needles: readonly Needle[], bytes: Uint8Array): number[] {
  const hay = comparable(bytes);
  const found = new Set<number>();
  for (const needle of needles)
    if (!found.has(needle.value) && hay.includes(needle.bytes)) found.add(needle.value);
  return [...found].toSorted((one, other) => one - other);
}

/** Length of the longest form, in bytes: so much of a piece has to be looked at again with the next one. */
export const longestOf = (needles: readonly Needle[]): number =>
  needles.reduce((most, { bytes }) => Math.max(most, bytes.length), 0);
