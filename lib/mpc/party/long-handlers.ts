/** Methods whose work lets other questions in between; a cold party takes none of them from documents. */
import { rpc, type RpcAnswer, type RpcMethod, type RpcRequest } from '../wire/rpc.ts';
import type { Endpoint, Endpoints } from './json-http.ts';
import { answerPairRound, exchangePairRound, finishPairRound } from './pair-rounds.ts';
import { runSteps } from './run-steps.ts';
import { beginAmongOthers } from './signing-begin.ts';
import { extendSignature, finishEither, multiplySignature, shareEither } from './signing-ecdsa.ts';
import { settleInSteps } from './signing-rounds.ts';
import { refuse, type Answer, type Party } from './party.ts';

export type LongName =
  | 'pairExchange'
  | 'pairAnswer'
  | 'pairFinish'
  | 'signBegin'
  | 'signExtend'
  | 'signMultiply'
  | 'signShare'
  | 'signFinish'
  | 'signSettle';

const handlers: {
  [N in LongName]: (party: Party, request: RpcRequest<N>) => Promise<Answer<RpcAnswer<N>>>;
} = {
  pairExchange: exchangePairRound,
  pairAnswer: answerPairRound,
  pairFinish: finishPairRound,
  signBegin: beginAmongOthers,
  signExtend: extendSignature,
  signMultiply: multiplySignature,
  signShare: shareEither,
  signFinish: finishEither,
  signSettle: (party, request) => runSteps(settleInSteps(party, request)),
};

function endpoint<Q, A>(
  method: RpcMethod<Q, A>,
  handler: (party: Party, request: Q) => Promise<Answer<A>>,
): [string, Endpoint] {
  const { path, maxBytes } = method;
  return [
    path,
    {
      maxBytes,
      answer: (party, body) => {
        const request = method.request.safeParse(body);
        return request.success ? handler(party, request.data) : refuse('request-malformed');
      },
    },
  ];
}

/** By path. */
export const longEndpoints: Endpoints = new Map([
  endpoint(rpc.pairExchange, handlers.pairExchange),
  endpoint(rpc.pairAnswer, handlers.pairAnswer),
  endpoint(rpc.pairFinish, handlers.pairFinish),
  endpoint(rpc.signBegin, handlers.signBegin),
  endpoint(rpc.signExtend, handlers.signExtend),
  endpoint(rpc.signMultiply, handlers.signMultiply),
  endpoint(rpc.signShare, handlers.signShare),
  endpoint(rpc.signFinish, handlers.signFinish),
  endpoint(rpc.signSettle, handlers.signSettle),
]);
