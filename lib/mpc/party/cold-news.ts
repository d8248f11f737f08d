/** What this party took over, with its word on each, for parties that no network reaches. */
import type { AdoptionReceipt } from '../wire/receipt.ts';
import { signReceipt } from '../wire/receipt.ts';
import type { RpcAnswer, RpcRequest } from '../wire/rpc.ts';
import { answer, refuse, type Answer, type Party } from './party.ts';
import { decreesAfter, lastDecree, type Decree } from './store/decrees.ts';
import type { Trust } from './store/trust.ts';

/** Of one answer: more is read by asking again. */
const NEWS_MAX = 100;
/** In characters of JSON, below what the console takes in one answer. */
const ANSWER_MAX = 700_000;

function receiptOf(
  party: Party,
  trust: Trust,
  { kind, operation, intentDigest, adoptedAt }: Decree,
): AdoptionReceipt | null {
  // A "no" counts by itself, whenever it comes, so nobody's word is needed beside it.
  if (kind === 'no') return null;
  return signReceipt(party.identity, {
    type: 'countersign/adoption-receipt/v1',
    party: party.config.name,
    genesisDigest: trust.genesisDigest,
    kind,
    operation,
    intentDigest,
    adoptedAt,
  });
}

/** The decrees after one, oldest first, and the number of the newest there is. */
export function readNews(
  party: Party,
  { after }: RpcRequest<'coldNews'>,
): Answer<RpcAnswer<'coldNews'>> {
  const { trust, database } = party;
  if (!trust) return refuse('genesis-missing');
  const decrees: RpcAnswer<'coldNews'>['decrees'] = [];
  let size = 0;
  for (const decree of decreesAfter(database, after, NEWS_MAX)) {
    const { seq, kind, operation, intentDigest, document } = decree;
    const receipt = receiptOf(party, trust, decree);
    const item = { seq, kind, operation, intentDigest, document, receipt };
    size += JSON.stringify(item).length;
    if (decrees.length > 0 && size > ANSWER_MAX) break;
    decrees.push(item);
  }
  return answer({ decrees, last: lastDecree(database) });
}
