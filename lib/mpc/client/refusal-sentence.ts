import { isRefusal, refusalSentence as sentenceOfRefusal } from '../refusals.ts';

const transportSentences: Readonly<Record<string, string>> = {
  'party-unreachable': 'The party could not be reached. It is asked again.',
  'party-timeout': 'The party did not answer in time. It is asked again.',
  'party-answer-invalid': "The party's answer did not have the agreed form. Look at the party.",
};

/** What happened, for people, from any code that this room answers. */
export function refusalSentence(refusal: string): string {
  if (isRefusal(refusal)) return sentenceOfRefusal(refusal);
  const own = Object.hasOwn(transportSentences, refusal) ? transportSentences[refusal] : undefined;
  return own ?? 'A party refused for a reason this console does not know.';
}
