/**
 * When a version of roster or policy gives way to a rival, a change that stands in its place under the
 * version before. Rivals arise where people state two changes in the same moment and each reaches
 * another party. Pure; the argument why this is safe is in `docs/threat-model.md`.
 *
 * 1. Rivals have an order that every party works out alike: what only tightens goes before what does
 *    not, then the smaller digest of the intent. A version gives way only to what goes before it, so
 *    parties that talk end at the same one, and nothing goes to and fro.
 * 2. A place is open until another party was heard to hold the same there, and for one round more for
 *    each party whose signed word comes with the rival. A party passes on the words with which it took a
 *    rival and adds its own, so what one honest party took at the last moment the next can still take.
 *    The rounds count from when anything was first shared in the place, so no rival begins them anew.
 * 3. What can give way no more is held for good, and the party's receipts say so. Whoever holds a rival
 *    that is not for good takes the one that most parties hold for good, in any order.
 */

/** How long a place is open for each party's word, in milliseconds. */
export const ROUND = 300_000;

/** A place in the log at one party. Instants in milliseconds. */
export type Place = {
  /** When another party was first heard to hold what stood here; null for not yet. */
  sharedSince: number | null;
  /** How many other parties have a network. */
  others: number;
  now: number;
};

const isOpenFor = (words: number, { sharedSince, now }: Place): boolean =>
  sharedSince === null || now <= sharedSince + words * ROUND;

/** Whether nothing that goes before it can take its place any more. */
export const isForGood = (place: Place): boolean => !isOpenFor(place.others, place);

/** Where a change stands among its rivals: what comes first in the order of texts goes first. */
export const rankOf = (change: { tightens: boolean; intentDigest: string }): string =>
  `${change.tightens ? 0 : 1} ${change.intentDigest}`;

export type Rival = {
  /** {@link rankOf} of the rival and of what is held. */
  rank: string;
  heldRank: string;
  /** How many different parties with a network say by receipt that they adopted the rival. */
  words: number;
  /** How many of them say that they hold it for good. */
  wordsForGood: number;
};

/** Most parties with a network, and never fewer than two. @param total this one among them, if it has one. */
const areMost = (words: number, total: number): boolean => words >= 2 && words * 2 > total;

/** Whether what is held gives way. */
export function givesWay(place: Place, { rank, heldRank, words, wordsForGood }: Rival): boolean {
  if (isForGood(place)) return false;
  if (areMost(wordsForGood, place.others + 1)) return true;
  return words > 0 && rank < heldRank && isOpenFor(words, place);
}

/** The same at a party without a network, which hears nobody: only what most hold for good is taken. */
export const givesWayUnheard = ({ wordsForGood }: Rival, online: number): boolean =>
  areMost(wordsForGood, online);
