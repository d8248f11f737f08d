/**
 * What the party's own pages refuse by themselves, beside what the decision refuses. Every sentence
 * is constant: nothing from a request is repeated in one.
 */
import { isRefusal, refusalSentence, type Refusal } from '../../refusals.ts';

const pageSentences = {
  'page-foreign':
    "This did not come from this party's own page. Open the page at its own address and do it there.",
  'page-malformed': 'What the page sent is not complete. Load the page again and repeat the step.',
  'page-too-large': 'What was sent is larger than anything this page takes.',
  'too-many-tries':
    'Too many tries failed within a minute. A right one is taken at any time; look whether you use the key that was asked for.',
  'operation-not-shown':
    'Nobody has shown this operation to this party yet. Wait until the console has, or stop it by its id and digest on the stop page.',
  'operation-changed':
    'The operation is another one by now than when the page was loaded. Load the page again and read it anew.',
  'request-not-from-here':
    'This request was not made by this party since it started. Load the page again and repeat the step.',
  'request-too-late': 'The step took too long. Repeat it; the key press counts for two minutes.',
  'request-used': 'This key press was used already. Repeat the step.',
  'code-of-another-party':
    "This party shows codes to people of its own group only. Open the page of your own group's party.",
  'data-of-another-party':
    'The data folder belongs to another party than the one that was named. Nothing of it is shown; name that party, or give the folder of the one you mean.',
  'person-not-in-roster':
    "This party's roster has no such person. Give the id of somebody who is in it.",
  'key-not-on-record':
    'This party knows nobody with that key. Use a key that is enrolled, or choose who you are.',
  'no-key-that-counts':
    'No key of this person counts any more at this party. Ask somebody else to do it.',
} as const;

export type PageRefusal = keyof typeof pageSentences;

/** @returns the constant sentence that goes with a refusal of the pages or of the decision. */
export const pageSentence = (refusal: PageRefusal | Refusal): string =>
  isRefusal(refusal) ? refusalSentence(refusal) : pageSentences[refusal];

export type PageAnswer<T> = { ok: true; value: T } | { ok: false; refusal: PageRefusal | Refusal };

export const refused = (
  refusal: PageRefusal | Refusal,
): { ok: false; refusal: typeof refusal } => ({
  ok: false,
  refusal,
});
