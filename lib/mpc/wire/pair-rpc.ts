/** The methods by which two holders of a key set up their pair, and what their envelopes carry. */
import { z } from 'zod';
import { digestHex, slug } from '#lib/protocol/scalars.ts';
import { PAIR_MESSAGE } from '../dkls/pair/messages.ts';
import { signedEnvelope } from './envelope.ts';
import { privatePayloadOf } from './private-payload.ts';
import { KIB, method } from './rpc-method.ts';

/** Rounds 0 to 2: a message of `dkls/pair`, encrypted to the peer. */
export const pairMessage = privatePayloadOf(PAIR_MESSAGE.exchange);

/** Round 3: the id of the pair that the sender came to. */
export const pairWord = z.strictObject({ id: digestHex });

const start = z.strictObject({ key: slug, peer: slug });
/** With the peer's message of the round before. */
const round = z.strictObject({ ...start.shape, envelopes: z.array(z.unknown()).max(1) });
const oneEnvelope = z.strictObject({ envelope: signedEnvelope });

export const pairRpc = {
  pairBegin: method('/v1/pair/begin', KIB, start, oneEnvelope),
  pairExchange: method('/v1/pair/exchange', 16 * KIB, round, oneEnvelope),
  pairAnswer: method('/v1/pair/answer', 16 * KIB, round, oneEnvelope),
  pairFinish: method('/v1/pair/finish', 16 * KIB, round, oneEnvelope),
  /** Keeps the pair, once both sides said that they came to the same. */
  pairKeep: method('/v1/pair/keep', 16 * KIB, round, z.strictObject({ id: digestHex })),
} as const;
