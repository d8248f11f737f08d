/** What a party decided last, in words. Pure. */
import { refusalSentence } from '#lib/mpc/client/refusal-sentence.ts';

export type LastDecision = {
  /** Id of the operation; null where the party did not say. */
  operation: string | null;
  at: string;
  /** "Signed", to be followed by the operation's number. */
  words: string;
  /** Why it refused; null where it did not. */
  sentence: string | null;
};

const wordsOf: Readonly<Record<string, string>> = {
  decided: 'Agreed to take part in',
  confirmed: 'Confirmed the transaction of',
  released: 'Handed out its part of the signature for',
  signed: 'Signed',
  adopted: 'Took over',
  stopped: 'Stopped',
  refused: 'Refused',
};

type Told = { operation: string | null; at: string; event: string; refusal: string | null };

/** @param told as the party said it; what it calls by a word unknown here is still shown. */
export function viewLastDecision(told: Told): LastDecision {
  const { operation, at, event, refusal } = told;
  return {
    operation,
    at,
    words: Object.hasOwn(wordsOf, event) ? (wordsOf[event] ?? event) : `“${event}” on`,
    sentence: refusal === null ? null : refusalSentence(refusal),
  };
}
