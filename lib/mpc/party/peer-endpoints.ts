/** What other parties ask this one at its own origin: how far it has come, and what it took over. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { z } from 'zod';
import { isAdoptable } from './apply-decree.ts';
import { receiptOf } from './adopt.ts';
import { hearHeads, ownHeads, peersByRoster } from './hear-peer.ts';
import type { Party } from './party.ts';
import { readBody } from './read-body.ts';
import { decreesAfter, type Decree } from './store/decrees.ts';
import { furthestOf } from './store/peers.ts';
import { operationBundle } from '#lib/protocol/bundle.ts';
import {
  signedPeerAsk,
  signedPeerHeads,
  verifyAsk,
  type DecreesAnswer,
  type HeadsAnswer,
  type SentDecree,
} from '../wire/peer-heads.ts';

const BODY_MAX = 16 * 1024;
const PAGE = 50;
/** Characters of decrees in one answer, above which it ends early; one alone may be longer. */
const ANSWER_MAX = 4 * 1024 * 1024;
/** How old a question may be, in milliseconds, so that one overheard is of no use later. */
const ASK_LIFETIME = 86_400_000 + 60_000;

function answerHeads(party: Party, body: unknown): HeadsAnswer | null {
  const asked = signedPeerHeads.safeParse(body);
  const own = ownHeads(party);
  if (!asked.success || !own) return null;
  // What was seen before is shown, not what the question itself says.
  const yours = furthestOf(party.database, asked.data.heads.party);
  return hearHeads(party, asked.data) ? { heads: own, yours } : null;
}

function sent(party: Party, decree: Decree): SentDecree {
  const { seq, kind, operation, intentDigest, document } = decree;
  const bundle = kind === 'no' ? null : operationBundle.safeParse(document).data;
  const intent = bundle?.intent;
  const receipt =
    intent && isAdoptable(intent) ? receiptOf(party, intent, intentDigest, decree.adoptedAt) : null;
  return { seq, kind, operation, intentDigest, document, receipt };
}

function answerDecrees(party: Party, body: unknown): DecreesAnswer | null {
  const asked = signedPeerAsk.safeParse(body);
  if (!asked.success || !party.trust) return null;
  const { ask } = asked.data;
  const peer = peersByRoster(party).find(({ name }) => name === ask.party);
  const genuine =
    peer !== undefined &&
    ask.to === party.config.name &&
    ask.genesisDigest === party.trust.genesisDigest &&
    Math.abs(party.now().getTime() - Date.parse(ask.at)) <= ASK_LIFETIME &&
    verifyAsk(peer.identityKey, asked.data);
  if (!genuine) return null;
  let size = 0;
  const decrees: SentDecree[] = [];
  for (const decree of decreesAfter(party.database, ask.after, PAGE)) {
    const next = sent(party, decree);
    size += JSON.stringify(next).length;
    if (decrees.length > 0 && size > ANSWER_MAX) break;
    decrees.push(next);
  }
  return { decrees };
}

const answers: Readonly<
  Record<string, (party: Party, body: unknown) => z.core.util.JSONType | object | null>
> = {
  '/peer/heads': answerHeads,
  '/peer/decrees': answerDecrees,
};

function send(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
  });
  response.end(text);
}

/**
 * @returns false for a request that is not one of a party. What is not understood, or not from a
 * party of the roster, gets one answer that says nothing and changes nothing.
 */
export async function answerPeer(
  party: Party,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const path = incoming.url ?? '';
  const answerTo = Object.hasOwn(answers, path) ? answers[path] : undefined;
  if (!answerTo || incoming.method !== 'POST') return false;
  const isJson = incoming.headers['content-type'] === 'application/json';
  const bytes = isJson ? await readBody(incoming, BODY_MAX) : null;
  let given: object | null = null;
  try {
    const text = bytes && new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    given = text === null ? null : (answerTo(party, JSON.parse(text)) as object | null);
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof TypeError)) throw error;
  }
  if (!incoming.complete) response.setHeader('connection', 'close');
  if (given) send(response, 200, given);
  else send(response, 403, { ok: false });
  return true;
}
