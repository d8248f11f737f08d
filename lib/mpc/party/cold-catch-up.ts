/** Brings a cold party up to date: each piece of news is verified as if it had come over a network. */
import type { News } from '../wire/cold-documents.ts';
import { adopt } from './adopt.ts';
import { answer, refuse, type Answer, type Party } from './party.ts';
import { settleSignature } from './signing-rounds.ts';
import { takeNo } from './take-no.ts';

function take(party: Party, item: News): Answer<unknown> {
  switch (item.what) {
    case 'decree':
      return adopt(party, item);
    case 'no':
      return takeNo(party, item.signed);
    case 'signature': {
      const settled = settleSignature(party, item);
      // Without a tie there is nothing to settle, and nothing is lost.
      return settled.ok || settled.refusal !== 'nothing-to-settle' ? settled : answer(null);
    }
  }
}

/**
 * Takes news in their order and stops at the first that is refused: what follows may build on it.
 * @returns how many were taken.
 */
export function catchUp(party: Party, news: readonly News[]): Answer<number> {
  for (const item of news) {
    const taken = take(party, item);
    if (!taken.ok) return refuse(taken.refusal, taken.culprit);
  }
  return answer(news.length);
}
