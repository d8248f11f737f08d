/**
 * What in a text may be a name, an address, a number of somebody: each as people are looked for by, so that its keyed
 * hash can be compared. Pure.
 */
import type { SearchKind } from '../field-map.ts';
import { searchValue } from '../search-value.ts';
import { NAME_WORDS } from './spans.ts';

/** Words of a text that are looked at; what is beyond is found by whoever erases, who opens every text. */
const WORDS_MAX = 20_000;
const WORD_LENGTH_MAX = 60;
/** A number of a document or an account may be written in groups. */
const GROUPS_MAX = 6;

export type Candidates = Readonly<Record<SearchKind, ReadonlySet<string>>>;

const word = /[\p{L}\p{M}\p{N}]+/gu;
const mail = /[^\s<>"'(),;:[\]]+@[^\s<>"'(),;:[\]]+/gu;
const telephone = /(?:\+|\b)\d[\d\s()/.-]{4,24}\d/gu;

export function candidatesOf(text: string): Candidates {
  const words = firstOf(text.matchAll(word), WORDS_MAX);
  const names = new Set<string>();
  for (const count of NAME_WORDS)
    for (let at = 0; at + count <= words.length; at += 1) {
      const some = words.slice(at, at + count);
      if (some.every(isOfName)) names.add(searchValue('name', some.join(' ')));
    }
  names.delete('');
  const codes = codesOf(text);
  return {
    name: names,
    email: found('email', firstOf(text.matchAll(mail), WORDS_MAX), (one) =>
      one.replace(/\.+$/, ''),
    ),
    document: codes,
    phone: found('phone', firstOf(text.matchAll(telephone), WORDS_MAX)),
    'tax-number': codes,
  };
}

/** Nobody is called by a number. */
const isOfName = (one: string): boolean => one.length <= WORD_LENGTH_MAX && !/\d/.test(one);

/** Groups of letters and digits that stand beside one another, together with at least four digits. */
function codesOf(text: string): ReadonlySet<string> {
  const groups = firstOf(text.matchAll(word), WORDS_MAX);
  const codes = new Set<string>();
  for (let at = 0; at < groups.length; at += 1)
    for (let count = 1; count <= GROUPS_MAX && at + count <= groups.length; count += 1) {
      const some = groups.slice(at, at + count);
      const last = some.at(-1) ?? '';
      // Plain words are no part of a number; a few letters, such as those of a country, may be.
      if (!/\d/.test(last) && last.length > 3) break;
      const code = searchValue('document', some.join(''));
      if (code.length > 40) break;
      if (code.length >= 5 && code.replace(/\D/g, '').length >= 4) codes.add(code);
    }
  return codes;
}

function found(
  kind: SearchKind,
  texts: readonly string[],
  trim: (text: string) => string = (text) => text,
): ReadonlySet<string> {
  const values = new Set(texts.map((text) => searchValue(kind, trim(text))));
  values.delete('');
  return values;
}

function firstOf(matches: Iterable<RegExpMatchArray>, most: number): string[] {
  const texts: string[] = [];
  for (const [text] of matches) {
    if (texts.length >= most) break;
    texts.push(text.slice(0, 400));
  }
  return texts;
}
