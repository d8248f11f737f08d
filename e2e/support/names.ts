/** Names for new people, so that those of several tours can be told apart in one sandbox. */
import { randomInt } from 'node:crypto';

const FIRST = [
  'Nora',
  'Felix',
  'Amira',
  'Pavel',
  'Greta',
  'Hugo',
  'Zofia',
  'Emil',
  'Leila',
  'Otto',
];
const LAST = ['Berg', 'Keller', 'Haddad', 'Dvorak', 'Santos', 'Meyer', 'Wolska', 'Riva', 'Olsen'];

const pick = (names: readonly string[]): string => names[randomInt(names.length)] ?? '';

/** Two different names, drawn anew each time. */
export function drawNames(): [string, string] {
  const first = `${pick(FIRST)} ${pick(LAST)}`;
  let second = first;
  while (second === first) second = `${pick(FIRST)} ${pick(LAST)}`;
  return [first, second];
}
