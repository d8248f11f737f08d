/**
 * A signature with a cold party, in one trip. The state between the two halves is plain data; what
 * must not be kept, the nonces of the party with a network, is in that party's memory only. When it
 * restarts the trip is void, and `coldTripState` says so.
 */
import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import type { SignedColdConfirm } from '#lib/protocol/cold-confirm.ts';
import {
  chainId,
  digestHex,
  environment,
  instant,
  operationId,
  slug,
} from '#lib/protocol/scalars.ts';
import { keySuite } from '#lib/protocol/suites.ts';
import { signingPart } from '#lib/chains/decoded.ts';
import { signingAnswer, type SigningAnswer } from '../wire/cold-documents.ts';
import { encodeBase64url, decodeBase64url, fromHex, hexOf } from '../wire/encoding.ts';
import { PARTS_MAX } from '../wire/payloads.ts';
import { rpc, type RpcAnswer } from '../wire/rpc.ts';
import {
  gatherWords,
  passHeads,
  readAnswer,
  writeRequest,
  type House,
  type Outgoing,
} from './cold-documents.ts';
import {
  MESSAGE_CHARACTERS_MAX,
  settlement,
  whatIsNew,
  type ColdKnowledge,
  type Telling,
} from './cold-knowledge.ts';
import { areSignatures, type ToVerify } from './verify-parts.ts';
import { coldNo, coldRefused, type ColdNo } from './cold-refusals.ts';
import type { PartyAnswer, PartyClient } from './party-client.ts';

const knowledge = z.strictObject({
  by: z.string().max(64),
  seq: z.int().min(0),
  settlements: z.array(settlement).max(100),
});

/** Everything the second half needs, as JSON that can lie in a row. Nothing in it is secret. */
export const coldSigningTrip = z.strictObject({
  v: z.literal(1),
  organisation: slug,
  environment,
  trip: digestHex,
  cold: slug,
  /** The party whose session waits. */
  online: slug,
  session: hexOf(32),
  operation: operationId,
  chain: chainId,
  /** The unsigned message, base64url. */
  message: z.string().max(MESSAGE_CHARACTERS_MAX),
  /** Absent for an Ed25519 key, which signs the whole message. */
  toVerify: z
    .strictObject({ suite: keySuite, parts: z.array(signingPart).min(1).max(PARTS_MAX) })
    .optional(),
  messageDigest: digestHex,
  /** Digest of the request as it left. */
  requestDigest: digestHex,
  expiresAt: instant,
  /** What the cold party knows once it has answered. */
  knowledge,
});
export type ColdSigningTrip = z.infer<typeof coldSigningTrip>;

export type ColdSigningRequest = House & {
  cold: string;
  bundle: OperationBundle;
  /** The unsigned message; each party decodes it for itself. */
  transaction: { chain: string; message: Uint8Array } & ToVerify;
  knowledge: ColdKnowledge;
};

export type Signed = { signatures: Uint8Array[]; publicKey: string };

export type PreparedTrip =
  | { state: 'trip'; trip: ColdSigningTrip; document: Outgoing }
  /** It was signed before. */
  | ({ state: 'signed' } & Signed);

/** Checks what a party calls a signature before anyone relies on it. */
function checked(
  party: string,
  of: { message: Uint8Array } & ToVerify,
  { signatures, publicKey }: { signatures: string[]; publicKey: string },
): { ok: true; value: Signed } | ColdNo {
  return areSignatures(publicKey, of, signatures)
    ? { ok: true, value: { signatures: signatures.map(fromHex), publicKey } }
    : coldNo('party-answer-invalid', party);
}

type Open = Extract<RpcAnswer<'signBegin'>, { state: 'open' }>;

/**
 * Has the party with a network decide and open a session, and writes the request for the cold one.
 * A new trip for the same operation ends the one before.
 * @param online the party of the key with a network; with the cold one it is the quorum.
 * @param others further parties with a network: their receipts and words let the cold one catch up.
 */
export async function prepareColdSigning(
  { online, others }: { online: PartyClient; others: readonly PartyClient[] },
  request: ColdSigningRequest,
): Promise<{ ok: true; value: PreparedTrip } | ColdNo> {
  const { cold, bundle } = request;
  const { chain, message } = request.transaction;
  const transaction = { chain, message: encodeBase64url(message) };
  const quorum = [online.name, cold];
  // Before the session is opened: where they don't fit, another trip comes first.
  const told = await whatIsNew({ first: online, others, knowledge: request.knowledge });
  if (!told.ok) return told;
  if (!told.value.isAll) return coldNo('cold-news-first', cold);
  const begun = await online.call(rpc.signBegin, { bundle, transaction, quorum });
  if (!begun.ok) return begun;
  if (begun.value.state === 'signed') {
    const signed = checked(online.name, request.transaction, begun.value);
    return signed.ok ? { ok: true, value: { state: 'signed', ...signed.value } } : signed;
  }
  return writeTrip({ online, others }, request, { open: begun.value, told: told.value });
}

async function writeTrip(
  { online, others }: { online: PartyClient; others: readonly PartyClient[] },
  request: ColdSigningRequest,
  { open: { session, envelope }, told }: { open: Open; told: Telling },
): Promise<{ ok: true; value: PreparedTrip } | ColdNo> {
  const { organisation, environment: house, cold, bundle } = request;
  const { chain, message, suite, parts } = request.transaction;
  const leg = { trip: randomBytes(32).toString('hex'), step: 1, to: cold };
  const words = await gatherWords({ ...leg, first: online, others, session });
  if (!words.ok) return words;
  const [first] = words.value;
  if (!first) return coldNo('cold-word-missing', online.name);
  const transaction = { chain, message: encodeBase64url(message) };
  const written = writeRequest({
    organisation,
    environment: house,
    ...leg,
    kind: 'signing-request',
    words: words.value,
    madeAt: first.word.at,
    until: first.word.until,
    body: { news: told.news, bundle, transaction, quorum: [online.name, cold], envelope },
  });
  if (!written.ok) return written;
  const document = written.value;
  const trip: ColdSigningTrip = {
    v: 1,
    organisation,
    environment: house,
    trip: leg.trip,
    cold,
    online: online.name,
    session,
    operation: bundle.intent.operation,
    chain,
    message: transaction.message,
    ...(suite && parts ? { toVerify: { suite, parts: [...parts] } } : {}),
    messageDigest: createHash('sha256').update(message).digest('hex'),
    requestDigest: document.digest,
    expiresAt: document.expiresAt,
    knowledge: { ...told.knowledge, settlements: [] },
  };
  return { ok: true, value: { state: 'trip', trip, document } };
}

export type TripState = RpcAnswer<'coldTrip'>;

const toVerifyOf = ({ message, toVerify }: ColdSigningTrip) => ({
  message: decodeBase64url(message) ?? new Uint8Array(),
  ...toVerify,
});

/** Whether the answer would still be taken. A restart of the party with a network voids a trip. */
export function coldTripState(
  online: PartyClient,
  { session, operation, messageDigest }: ColdSigningTrip,
): Promise<PartyAnswer<TripState>> {
  return online.call(rpc.coldTrip, { session, operation, messageDigest });
}

export type SeenTrip =
  | Exclude<TripState, { state: 'signed' }>
  /** It ended before, and what the party calls the signature verifies. */
  | ({ state: 'signed' } & Signed);

/** The same for whoever goes on with what the party says. */
export async function lookAtColdTrip(
  online: PartyClient,
  trip: ColdSigningTrip,
): Promise<{ ok: true; value: SeenTrip } | ColdNo> {
  const state = await coldTripState(online, trip);
  if (!state.ok) return state;
  if (state.value.state !== 'signed') return { ok: true, value: state.value };
  const signed = checked(online.name, toVerifyOf(trip), state.value);
  return signed.ok ? { ok: true, value: { state: 'signed', ...signed.value } } : signed;
}

export type FinishedTrip = Signed & {
  /** Key presses at the cold party's page, for the evidence; empty when it was signed before. */
  confirms: SignedColdConfirm[];
  /** What the cold party knows now, and is to be told next time. */
  knowledge: ColdKnowledge;
};

/** Reads the answer and checks its form; the parties check what it carries. */
function open(
  trip: ColdSigningTrip,
  bytes: Uint8Array,
  now: Date,
): { ok: true; value: SigningAnswer } | ColdNo {
  const leg = { trip: trip.trip, step: 1, to: trip.cold };
  const read = readAnswer(bytes, { ...trip, ...leg, kind: 'signing-answer', now });
  if (!read.ok) return read;
  const parsed = signingAnswer.safeParse(read.value);
  return parsed.success ? { ok: true, value: parsed.data } : coldNo('travel-malformed', trip.cold);
}

/** The party's session is gone: either the signature is there already, or the trip is void. */
async function afterSession(
  online: PartyClient,
  trip: ColdSigningTrip,
): Promise<PartyAnswer<RpcAnswer<'signFinish'>> | ColdNo> {
  const state = await coldTripState(online, trip);
  if (!state.ok) return state;
  if (state.value.state === 'signed') return { ok: true, value: state.value };
  return coldNo('trip-void', online.name);
}

async function release(
  online: PartyClient,
  trip: ColdSigningTrip,
  { commitment, share }: Extract<SigningAnswer, { ok: true }>,
): Promise<PartyAnswer<RpcAnswer<'signFinish'>> | ColdNo> {
  const { session } = trip;
  const shared = await online.call(rpc.signShare, { session, envelopes: [commitment] });
  if (!shared.ok && shared.refusal === 'session-unknown') return afterSession(online, trip);
  // Its share was made before, and the call that should have finished did not arrive.
  if (!shared.ok && shared.refusal !== 'session-out-of-step') return shared;
  const finished = await online.call(rpc.signFinish, { session, envelopes: [share] });
  return !finished.ok && finished.refusal === 'session-unknown'
    ? afterSession(online, trip)
    : finished;
}

/**
 * Takes the cold party's answer to the party whose session waits, which makes its own share only
 * now. Safe to repeat with the same answer: it ends at the same signature.
 * @param answer the document as it was read.
 * @param options.beforeRelease waited for before the party is asked for its share.
 */
export async function finishColdSigning(
  { online, others }: { online: PartyClient; others: readonly PartyClient[] },
  trip: ColdSigningTrip,
  answer: Uint8Array,
  options: { now: Date; beforeRelease?: () => void | Promise<void> },
): Promise<{ ok: true; value: FinishedTrip } | ColdNo> {
  const opened = open(trip, answer, options.now);
  if (!opened.ok) return opened;
  const body = opened.value;
  if (body.heads) {
    const behind = await passHeads([online, ...others], body.heads);
    if (behind) return behind;
  }
  if (!body.ok) return coldRefused(trip.cold, body);
  await options.beforeRelease?.();
  const finished = await release(online, trip, body);
  if (!finished.ok) return finished;
  const signed = checked(online.name, toVerifyOf(trip), finished.value);
  if (!signed.ok) return signed;
  const { signatures } = finished.value;
  const settlements = [{ operation: trip.operation, message: trip.message, signatures }];
  const knowledgeNow = { ...trip.knowledge, settlements };
  return {
    ok: true,
    value: { ...signed.value, confirms: body.confirms, knowledge: knowledgeNow },
  };
}
