/**
 * Values as they are compared when somebody is looked for: two spellings of one name give one text, whose keyed hash
 * is kept. Pure.
 */
import type { SearchKind } from './field-map.ts';

/** Letters that no decomposition turns into plain ones. */
const plain: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
};

/** Letters without marks, in lower case. */
export const withoutMarks = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[ßæœøđðłþı]/gu, (letter) => plain[letter] ?? letter);

/** Words of a name in alphabetical order, so that "Müller, Änne" and "anne muller" are one. */
const name = (text: string): string =>
  withoutMarks(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .toSorted()
    .join(' ');

const code = (text: string): string =>
  withoutMarks(text)
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

const rules: Readonly<Record<SearchKind, (text: string) => string>> = {
  name,
  email: (text) => text.normalize('NFC').trim().toLowerCase(),
  document: code,
  phone: (text) => text.replace(/[^\d+]/g, '').replace(/^00/, '+'),
  'tax-number': code,
};

/** @returns the text that is hashed; empty where nothing of the value can be compared. */
export const searchValue = (kind: SearchKind, value: string): string => rules[kind](value);
