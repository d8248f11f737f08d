/** What is said of an address that looks like another one. Pure. */
import { findDifferences, type Difference } from './address-differences.ts';
import { differenceWords } from './difference-words.ts';
import { endLength, type Likeness } from './likeness.ts';

/** An entry of the book whose address can be taken for the one that is looked at. */
export type LookAlike = {
  label: string;
  client: string;
  address: string;
  likeness: Likeness;
  /** `dropped` was proposed and never came onto the list. */
  place: 'listed' | 'removed' | 'proposed' | 'dropped';
  removedAt: Date | null;
  /** Withdrawals to it that are final. */
  timesPaid: number;
};

/** The two addresses one below the other. Plain data for a screen. */
export type Comparison = {
  own: string;
  other: string;
  /** Whose the other one is: "“Own wallet” of C-20418". */
  name: string;
  differences: Difference[];
  /** The same in words, one sentence for each place. */
  words: string[];
};

const likenessWords: Readonly<Record<Exclude<Likeness, 'few-places'>, string>> = {
  case: 'has the same characters but for capital and small letters',
  'both-ends': `begins and ends with the same ${endLength} characters`,
  beginning: `begins with the same ${endLength} characters`,
  end: `ends with the same ${endLength} characters`,
};

const nameOf = ({ label, client }: LookAlike): string => `“${label}” of ${client}`;

/** "2026-11-27": the day by UTC, as findings are plain text. */
export const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

function placeWords({ place, removedAt, timesPaid }: LookAlike): string {
  const paid =
    timesPaid === 0 ? '' : ` and was paid ${timesPaid === 1 ? 'once' : `${timesPaid} times`}`;
  if (place === 'listed') return ` It is on the list${paid}.`;
  if (place === 'proposed') return ' It is proposed for the list.';
  if (place === 'dropped') return ' It was proposed once and never listed.';
  const when = removedAt === null ? '' : ` on ${dayOf(removedAt)}`;
  return ` It was removed from the list${when}${paid}.`;
}

export function lookAlikeSentence(own: string, alike: LookAlike): string {
  const { likeness, address } = alike;
  const how =
    likeness === 'few-places'
      ? `differs from it ${onlyIn(findDifferences(own, address).length)}`
      : likenessWords[likeness];
  return `${nameOf(alike)} ${how} but is a different address.${placeWords(alike)}`;
}

const onlyIn = (places: number): string =>
  places === 1 ? 'in one place only' : `in only ${places} places`;

export function compare(own: string, alike: LookAlike): Comparison {
  const differences = findDifferences(own, alike.address);
  return {
    own,
    other: alike.address,
    name: nameOf(alike),
    differences,
    words: differenceWords(differences),
  };
}
