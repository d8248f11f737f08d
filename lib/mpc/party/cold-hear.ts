/**
 * A cold party hears other parties only through the documents people bring. What stands at the head
 * of a request takes the place of the talk that parties on a network have when they start.
 */
import type { TravelDocument } from '#lib/protocol/travel/travel-document.ts';
import {
  verifyColdHeads,
  verifyColdWord,
  type ColdWord,
  type SignedColdHeads,
  type SignedColdWord,
} from '../wire/cold-word.ts';
import { noteRefusal, answer, refuse, type Answer, type Party } from './party.ts';
import { auditHashAt, latestAudit } from './store/audit.ts';
import type { Trust } from './store/trust.ts';

/** How far ahead of this party's clock a word may be dated, in milliseconds. */
const CLOCK_TOLERANCE = 60_000;

/** Signed by a party with a network, for this party, on this trip, and not over. */
function isGenuine(
  party: Party,
  trust: Trust,
  document: TravelDocument,
  signed: SignedColdWord,
): boolean {
  const { word } = signed;
  const entry = trust.roster.parties.find(({ name }) => name === word.from);
  const now = party.now().getTime();
  return (
    entry !== undefined &&
    entry.cold !== true &&
    word.genesisDigest === trust.genesisDigest &&
    word.organisation === trust.roster.organisation &&
    word.environment === trust.roster.environment &&
    word.to === party.config.name &&
    word.trip === document.trip &&
    Date.parse(word.at) <= now + CLOCK_TOLERANCE &&
    Date.parse(word.until) > now &&
    verifyColdWord(entry.identityKey, signed) &&
    (word.yours === null ||
      (isOwn(party, trust, word.yours) && verifyColdHeads(party.identity.identityKey, word.yours)))
  );
}

/**
 * What another party shows of this one carries this one's own signature, so nobody can make it seem
 * further than it was.
 */
const isOwn = (party: Party, trust: Trust, { heads }: SignedColdHeads): boolean =>
  heads.from === party.config.name && heads.genesisDigest === trust.genesisDigest;

/** True when this party's own record goes at least as far as it once said it did. */
function reaches({ database }: Party, { heads }: SignedColdHeads): boolean {
  const { length, head } = heads.record;
  const [last] = latestAudit(database, 1);
  return length === 0 || ((last?.seq ?? 0) >= length && auditHashAt(database, length) === head);
}

/**
 * Checks the words of a request. The first is of the party whose request it is: what the document
 * says about its own time is what that party signed, so nobody on the way can make it last longer.
 * @returns the first word.
 */
export function hearWords(
  party: Party,
  trust: Trust,
  document: TravelDocument,
  words: readonly SignedColdWord[],
): Answer<ColdWord> {
  const [first] = words;
  if (!first) return refuse('cold-word-missing');
  const { at, until } = first.word;
  if (at !== document.madeAt || until !== document.expiresAt) return refuse('cold-word-invalid');
  if (!words.every((signed) => isGenuine(party, trust, document, signed)))
    return refuse('cold-word-invalid');
  for (const { word } of words)
    if (word.yours !== null && !reaches(party, word.yours)) {
      party.peers.behind = word.from;
      noteRefusal(party, null, null, 'own-store-behind');
      return refuse('own-store-behind');
    }
  party.peers.heard = true;
  return answer(first.word);
}

/** Notes what the others hold, for the decision that follows; the words count as said now. */
export function noteStandings(party: Party, words: readonly SignedColdWord[]): void {
  const heardAt = party.now().getTime();
  for (const { word } of words)
    party.peers.words.set(word.from, {
      standing: word.standing,
      heardAt,
      clockSkew: 0,
      saidAt: Date.parse(word.at),
      isSetBack: false,
    });
}
