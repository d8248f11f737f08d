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

const INITIALS = 'ABCDEFGHIJKLMNOPRSTVWZ'.split('');

const pick = (names: readonly string[]): string => names[randomInt(names.length)] ?? '';

/** One of some seventeen thousand, so that a dozen people of one sandbox rarely share one. */
function drawName(): string {
  const own = pick(LAST);
  const other = pick(LAST.filter((name) => name !== own));
  return `${pick(FIRST)} ${pick(INITIALS)}. ${own}-${other}`;
}

/** Two different names, drawn anew each time. */
export function drawNames(): [string, string] {
  const first = drawName();
  let second = first;
  while (second === first) second = drawName();
  return [first, second];
}
