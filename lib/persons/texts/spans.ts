/**
 * Where something stands in a text although it is written otherwise: in other case, with other accents, with spaces or
 * strokes between. Pure. Places count UTF-16 units of the text as it is.
 */
import { searchValue, withoutMarks } from '../search-value.ts';

/** From the first unit up to before the last. */
export type Span = readonly [from: number, to: number];

export type Word = { span: Span; plain: string };

/** Between letters of one number or address: a few spaces, strokes or brackets. */
const GAP_MAX = 3;

export const wordsIn = (text: string): Word[] =>
  [...text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)].map((match) => ({
    span: [match.index, match.index + match[0].length],
    plain: withoutMarks(match[0]),
  }));

/** Words of a name: at least a given name and a surname. */
export const NAME_WORDS = [2, 3, 4] as const;

/** Words beside one another as a name of somebody would be searched for, each with its place. */
export function* runsOf(words: readonly Word[]): Generator<{ name: string; span: Span }> {
  for (const count of NAME_WORDS)
    for (let at = 0; at + count <= words.length; at += 1) {
      const some = words.slice(at, at + count);
      const first = some[0];
      const last = some.at(-1);
      if (first && last)
        yield {
          name: searchValue('name', some.map(({ plain }) => plain).join(' ')),
          span: [first.span[0], last.span[1]],
        };
    }
}

type Letters = { plain: string[]; spans: Span[] };

/** The letters that count, each with its place. @param keep what a letter counts as; empty for what doesn't. */
function lettersOf(text: string, keep: (letter: string) => string): Letters {
  const plain: string[] = [];
  const spans: Span[] = [];
  let at = 0;
  for (const letter of text) {
    for (const one of keep(letter)) {
      plain.push(one);
      spans.push([at, at + letter.length]);
    }
    at += letter.length;
  }
  return { plain, spans };
}

/** How a letter or digit is compared; anything else does not count. */
export const asCode = (letter: string): string =>
  withoutMarks(letter).replace(/[^\p{L}\p{N}]/gu, '');
export const asWritten = (letter: string): string => letter.normalize('NFC').toLowerCase();

/**
 * Every place where these letters stand one after another, and no other of their kind right before or after.
 * @param needle compared the same way as the text.
 */
export function placesOf(
  text: string,
  needle: string,
  { keep, bounds }: { keep: (letter: string) => string; bounds: RegExp },
): Span[] {
  if (needle === '') return [];
  const { plain, spans } = lettersOf(text, keep);
  const wanted = Array.from(needle);
  const hay = plain.join('');
  const places: Span[] = [];
  // Letters of one UTF-16 unit are the rule; where there are others, places in `hay` are no places in `plain`.
  const isSimple = hay.length === plain.length;
  for (let at = 0; at + wanted.length <= plain.length; at += 1) {
    if (isSimple) {
      const next = hay.indexOf(needle, at);
      if (next === -1) break;
      at = next;
    } else if (!wanted.every((letter, index) => plain[at + index] === letter)) continue;
    const place = placeAt(spans, at, wanted.length);
    if (place && isApart(text, place, bounds)) places.push(place);
  }
  return places;
}

/** Null where too much stands between two of the letters. */
function placeAt(spans: readonly Span[], at: number, count: number): Span | null {
  for (let index = at + 1; index < at + count; index += 1)
    if ((spans[index]?.[0] ?? 0) - (spans[index - 1]?.[1] ?? 0) > GAP_MAX) return null;
  const first = spans[at];
  const last = spans[at + count - 1];
  return first && last ? [first[0], last[1]] : null;
}

function isApart(text: string, [from, to]: Span, bounds: RegExp): boolean {
  const before = Array.from(text.slice(Math.max(0, from - 2), from)).at(-1) ?? '';
  const after = Array.from(text.slice(to, to + 2))[0] ?? '';
  return !bounds.test(before) && !bounds.test(after);
}

/** The text with each place blacked out, those that meet as one. */
export function withoutPlaces(text: string, places: readonly Span[], mark: string): string {
  let done = '';
  let at = 0;
  for (const [from, to] of places.toSorted(([one], [other]) => one - other)) {
    if (to <= at) continue;
    if (from >= at) done += text.slice(at, from) + mark;
    at = to;
  }
  return done + text.slice(at);
}
