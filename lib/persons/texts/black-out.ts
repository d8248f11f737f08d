/** Finds a person's own data in a text and blacks them out; what is said of others stays. Pure. */
import { fieldOf, type FieldName } from '../field-map.ts';
import { searchValue, withoutMarks } from '../search-value.ts';
import { readValue } from '../value-form.ts';
import { phonePlaces } from './phone-places.ts';
import {
  asCode,
  asWritten,
  placesOf,
  runsOf,
  withoutPlaces,
  wordsIn,
  type Span,
  type Word,
} from './spans.ts';

export type OwnValue = { field: FieldName; value: string };

/** The same whatever was there, so that it does not say how long it was. */
export const BLACK = '█████';

/** Shorter numbers and lines stand everywhere by chance. */
const CODE_MIN = 5;
/** Of a number that is to say by itself who is meant: without digits it is a word, which anybody may write. */
const CODE_DIGITS_MIN = 4;
const LINE_MIN = 6;
const NAME_WORD_MIN = 3;
/** With more words it is a sentence. */
const NAME_WORDS_MAX = 8;
/** When something is looked at does not matter to what may be written, but for a day of birth. */
const anyTime = new Date('2199-12-31');

const inWord = /[\p{L}\p{M}\p{N}]/u;

const nobody: ReadonlySet<string> = new Set();

/** Whether one of the values stands in the text that says by itself who is meant. */
export const namesPerson = (text: string, values: readonly OwnValue[]): boolean =>
  tellingPlaces(text, values.filter(isValue).filter(isTelling)).length > 0;

/**
 * Whether a form would have taken it. Whoever writes past the forms seals a sentence as an address of mail, and would have
 * it blacked out wherever it stands.
 */
function isValue({ field, value }: OwnValue): boolean {
  if (!readValue(field, value, anyTime).ok) return false;
  return (
    fieldOf(field).shape !== 'name' ||
    searchValue('name', value).split(' ').length <= NAME_WORDS_MAX
  );
}

/** A single word as a name, and letters as a number, stand in texts that mean somebody else, or nobody. */
function isTelling({ field, value }: OwnValue): boolean {
  switch (fieldOf(field).shape) {
    case 'name':
      return searchValue('name', value).includes(' ');
    case 'code':
      return value.replace(/\D/g, '').length >= CODE_DIGITS_MIN;
    default:
      return true;
  }
}

/**
 * The text without the person's data. What no form would have taken for a value blacks out nothing.
 * @param isMeant whether the person is known to be meant: then a surname alone, a date of birth and an address are
 *   theirs, too.
 * @param others names of other people that stand in it, as they are searched for: a given name or a surname within one
 *   of them is not the person's.
 */
export function blackOut(
  text: string,
  given: readonly OwnValue[],
  isMeant: boolean,
  others: ReadonlySet<string> = nobody,
): string {
  const values = given.filter(isValue);
  const telling = tellingPlaces(text, values, others);
  const places =
    isMeant || telling.length > 0 ? [...telling, ...otherPlaces(text, values, others)] : [];
  return places.length === 0 ? text : withoutPlaces(text, places, BLACK);
}

function tellingPlaces(
  text: string,
  values: readonly OwnValue[],
  others: ReadonlySet<string> = nobody,
): Span[] {
  const words = wordsIn(text);
  const spared = sparedIn(words, others);
  return values.flatMap(({ field, value }) => {
    switch (fieldOf(field).shape) {
      case 'name':
        return namePlaces(words, value).filter((place) => !isWithin(place, spared));
      case 'email':
        return placesOf(text, asWritten(value.trim()), { keep: asWritten, bounds: inWord });
      case 'phone':
        return phonePlaces(text, value);
      case 'code':
        return codePlaces(text, value, CODE_MIN);
      default:
        return [];
    }
  });
}

/** What is the person's once it is known that they are meant. */
function otherPlaces(
  text: string,
  values: readonly OwnValue[],
  others: ReadonlySet<string>,
): Span[] {
  const words = wordsIn(text);
  const spared = sparedIn(words, others);
  return values.flatMap(({ field, value }) => {
    if (fieldOf(field).shape === 'name')
      return nameWordPlaces(text, words, value).filter((place) => !isWithin(place, spared));
    if (field === 'birth-date') return datePlaces(text, value);
    if (field === 'residence')
      return [value, ...value.split(/[\n,;]/)].flatMap((line) => codePlaces(text, line, LINE_MIN));
    if (field === 'birth-place') return codePlaces(text, value, LINE_MIN);
    return [];
  });
}

/** Where the names of others stand. */
function sparedIn(words: readonly Word[], others: ReadonlySet<string>): Span[] {
  if (others.size === 0) return [];
  return [...runsOf(words)].flatMap(({ name, span }) => (others.has(name) ? [span] : []));
}

const isWithin = ([from, to]: Span, spans: readonly Span[]): boolean =>
  spans.some(([first, last]) => first <= from && to <= last && last - first > to - from);

/** Words of a name beside one another, in any order; initials may stand between. */
function namePlaces(words: readonly Word[], value: string): Span[] {
  const name = searchValue('name', value);
  const count = name === '' ? 0 : name.split(' ').length;
  if (count === 0 || (count === 1 && name.length < NAME_WORD_MIN)) return [];
  const places: Span[] = [];
  for (let at = 0; at + count <= words.length; at += 1)
    for (const more of count === 1 ? [0] : [0, 1, 2]) {
      const some = words.slice(at, at + count + more);
      if (some.length < count + more) break;
      if (!isName(some, name, count)) continue;
      const first = some[0];
      const last = some.at(-1);
      if (first && last) places.push([first.span[0], last.span[1]]);
      break;
    }
  return places;
}

function isName(words: readonly Word[], name: string, count: number): boolean {
  const plain = words.map((word) => word.plain);
  if (plain.toSorted().join(' ') === name) return true;
  const inner = plain.slice(1, -1).filter((word) => word.length > 2);
  const without = [plain[0] ?? '', ...inner, plain.at(-1) ?? ''];
  return (
    without.length === count &&
    plain.length > count &&
    searchValue('name', without.join(' ')) === name
  );
}

/** A given name or a surname alone, where it is written as one. */
function nameWordPlaces(text: string, words: readonly Word[], value: string): Span[] {
  const own = new Set(searchValue('name', value).split(' '));
  return words.flatMap(({ span, plain }) => {
    const isWord = plain.length >= NAME_WORD_MIN && own.has(plain);
    return isWord && /^[\p{Lu}\p{Lt}\p{Lo}]/u.test(text.slice(span[0], span[1])) ? [span] : [];
  });
}

function codePlaces(text: string, value: string, least: number): Span[] {
  const code = Array.from(value, asCode).join('');
  if (code.length < least) return [];
  return placesOf(text, code, { keep: asCode, bounds: inWord });
}

const months = [
  ['january', 'januar', 'jan'],
  ['february', 'februar', 'feb'],
  ['march', 'marz', 'mar'],
  ['april', 'apr'],
  ['may', 'mai'],
  ['june', 'juni', 'jun'],
  ['july', 'juli', 'jul'],
  ['august', 'aug'],
  ['september', 'sept', 'sep'],
  ['october', 'oktober', 'oct', 'okt'],
  ['november', 'nov'],
  ['december', 'dezember', 'dec', 'dez'],
] as const;

/** A day as it is usually written. @param value ISO date. */
function datePlaces(text: string, value: string): Span[] {
  const [year = '', month = '', day = ''] = value.split('-');
  const names = months[Number(month) - 1];
  if (year.length !== 4 || names === undefined || day === '') return [];
  const numbers = `0?${Number(day)}`;
  const monthNumber = `0?${Number(month)}`;
  const word = `(?:${names.join('|')})\\.?`;
  const written = [
    `${year}[-/.]?${month}[-/.]?${day}`,
    `${numbers}[-/. ]{1,2}${monthNumber}[-/. ]{1,2}(?:${year}|${year.slice(2)})`,
    `${monthNumber}/${numbers}/(?:${year}|${year.slice(2)})`,
    `${numbers}(?:\\.|st|nd|rd|th)?\\s+(?:of\\s+)?${word},?\\s+${year}`,
    `${word}\\s+${numbers}(?:st|nd|rd|th)?,?\\s+${year}`,
  ];
  // Marks are taken off letter by letter, so places stay what they are in nearly every text; where not, "März" stays.
  const plain = Array.from(text, sameLength).join('');
  return written.flatMap((pattern) =>
    [...plain.matchAll(new RegExp(`(?<!\\d)${pattern}(?!\\d)`, 'giu'))].map((match): Span => [
      match.index,
      match.index + match[0].length,
    ]),
  );
}

const sameLength = (letter: string): string => {
  const plain = withoutMarks(letter);
  return plain.length === letter.length ? plain : letter;
};
