/** Why something with a cold party did not work, in sentences. */
import {
  joinRefusals,
  splitRefusals,
  travelRefusals,
  travelSentence,
  type TravelRefusal,
} from '#lib/protocol/travel/refusals.ts';
import { isRefusal } from '../refusals.ts';
import type { PartyNo } from './party-client.ts';
import { refusalSentence } from './refusal-sentence.ts';

const ownSentences = {
  'cold-news-first':
    'The cold party has missed more than fits beside a request. Take it the news first, as a document of their own.',
  'cold-answer-empty':
    'The cold party answered fewer steps than it was asked. Start the ceremony anew.',
  'cold-party-pinned':
    'This party has pinned a genesis already, and a party pins once. Give a new one an empty folder and ask that.',
  'cold-own-request':
    'This is the request itself, which goes to the cold party. Bring what it answered.',
} as const;

export type ColdRefusal = PartyNo['refusal'] | TravelRefusal | keyof typeof ownSentences;

/** Whoever refused, and whom it blames, where that can be told. */
export type ColdNo = { ok: false; refusal: ColdRefusal; party: string; culprit: string | null };

export const coldNo = (
  refusal: ColdRefusal,
  party: string,
  culprit: string | null = null,
): ColdNo => ({ ok: false, refusal, party, culprit });

/** What a cold party refused, as it travelled; a code that is not known here was none of a party. */
export const coldRefused = (
  party: string,
  { refusal, culprit }: { refusal: string; culprit: string | null },
): ColdNo => coldNo(isRefusal(refusal) ? refusal : 'party-answer-invalid', party, culprit);

const travelCodes = { ...travelRefusals, ...joinRefusals, ...splitRefusals };

/** The sentence for any code that these functions answer. */
export function coldRefusalSentence(refusal: string): string {
  if (Object.hasOwn(ownSentences, refusal))
    return ownSentences[refusal as keyof typeof ownSentences];
  return Object.hasOwn(travelCodes, refusal)
    ? travelSentence(refusal as keyof typeof travelCodes)
    : refusalSentence(refusal);
}
