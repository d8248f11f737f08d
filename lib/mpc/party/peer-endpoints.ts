/** The party's origin as other parties use it: three questions, each signed, and nothing else. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { signedQuestion } from '../wire/peer-decrees.ts';
import { signedHeads } from '../wire/peer-heads.ts';
import { signedSpendsQuestion } from '../wire/peer-spends.ts';
import { answerDecrees, answerHeads } from './answer-peer.ts';
import { HEADS_PATH } from './ask-peer.ts';
import { serveJson, type Endpoint, type Endpoints } from './json-http.ts';
import { refuse, type Answer, type Party } from './party.ts';
import { answerSpends, SPENDS_PATH } from './peer-spends.ts';
import { DECREES_PATH } from './read-decrees.ts';

const HEADS_BYTES = 64 * 1024;
const QUESTION_BYTES = 4 * 1024;

const headsRequest = z.strictObject({ heads: signedHeads });
const spendsRequest = z.strictObject({ question: signedSpendsQuestion });
const decreesRequest = z.strictObject({ question: signedQuestion });

function endpoint<Q>(
  maxBytes: number,
  request: z.ZodType<Q>,
  answerTo: (party: Party, request: Q) => Answer<unknown>,
): Endpoint {
  return {
    maxBytes,
    answer: (party, body) => {
      const parsed = request.safeParse(body);
      return parsed.success ? answerTo(party, parsed.data) : refuse('request-malformed');
    },
  };
}

/** By path. */
export const peerEndpoints: Endpoints = new Map([
  [HEADS_PATH, endpoint(HEADS_BYTES, headsRequest, answerHeads)],
  [DECREES_PATH, endpoint(QUESTION_BYTES, decreesRequest, answerDecrees)],
  [SPENDS_PATH, endpoint(QUESTION_BYTES, spendsRequest, answerSpends)],
]);

export const isPeerPath = (url: string | undefined): boolean => peerEndpoints.has(url ?? '');

/** Answers a peer; the caller has checked the Host. */
export const servePeer = (
  party: Party,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> => serveJson(party, peerEndpoints, incoming, response);
