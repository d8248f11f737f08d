/**
 * The envelope around every message between parties. The console only relays it: the sender's
 * identity key signs the canonical text, so a relay can withhold, repeat or mix up messages, and
 * each of these is noticed here.
 */
import { z } from 'zod';
import { canonicalize } from '#lib/protocol/intent.ts';
import { digestHex, slug } from '#lib/protocol/scalars.ts';
import { finishNow, type Steps } from '../dkls/steps.ts';
import type { EnvelopeRefusal } from '../refusals.ts';
import { hexOf } from './encoding.ts';
import { signBytes, verifyBytes, type PartyIdentity } from './identity.ts';
import { lengthPrefixed } from './tagged-hash.ts';

/** Stands in `to` for a message that every party of the ceremony gets. */
export const everyone = '*';

const header = {
  v: z.literal(1),
  /** Ceremony or session id; see `frost/transcript.ts`. */
  ceremony: digestHex,
  key: slug,
  epoch: z.int().min(1).max(1_000_000),
  round: z.int().min(0).max(15),
  from: slug,
  to: z.union([slug, z.literal(everyone)]),
  /** How many messages the sender sent in this ceremony before; the AEAD's counter nonce. */
  seq: z.int().min(0).max(15),
} as const;

const envelope = z.strictObject({ ...header, payload: z.record(z.string().max(64), z.unknown()) });

export const signedEnvelope = z.strictObject({ envelope, signature: hexOf(64) });

export type Envelope = z.infer<typeof envelope>;
export type SignedEnvelope = z.infer<typeof signedEnvelope>;
export type EnvelopeHeader = Omit<Envelope, 'payload'>;

/** Text that stands for the header where it is authenticated data of an encrypted payload. */
export function headerBytes(of: EnvelopeHeader): Uint8Array {
  const { v, ceremony, key, epoch, round, from, to, seq } = of;
  return lengthPrefixed(
    'countersign/envelope-header/v1',
    canonicalize({ v, ceremony, key, epoch, round, from, to, seq }),
  );
}

const signedBytes = (of: Envelope): Uint8Array =>
  lengthPrefixed('countersign/envelope/v1', canonicalize(of));

export function sealEnvelope(
  identity: PartyIdentity,
  of: EnvelopeHeader,
  payload: Record<string, unknown>,
): SignedEnvelope {
  const complete: Envelope = { ...of, payload };
  return { envelope: complete, signature: signBytes(identity, signedBytes(complete)) };
}

/** What a party expects of one round: exactly one message from each of `senders`. */
export type RoundExpectation<T> = {
  ceremony: string;
  key: string;
  epoch: number;
  round: number;
  /** Own name for a private message, `everyone` for a broadcast. */
  to: string;
  seq: number;
  /** Identity keys by name of everybody else who takes part. */
  senders: ReadonlyMap<string, string>;
  payload: z.ZodType<T>;
};

export type OpenedMessage<T> = { from: string; payload: T; header: EnvelopeHeader };

export type OpenedRound<T> =
  | { ok: true; messages: Map<string, OpenedMessage<T>> }
  | { ok: false; refusal: EnvelopeRefusal; party: string | null };

type Opened<T> =
  | { ok: true; message: OpenedMessage<T> }
  | { ok: false; refusal: EnvelopeRefusal; party: string | null };

function findHeaderFault(
  of: Envelope,
  expected: RoundExpectation<unknown>,
): EnvelopeRefusal | null {
  if (of.key !== expected.key) return 'envelope-foreign-key';
  if (of.epoch !== expected.epoch) return 'envelope-wrong-epoch';
  if (of.ceremony !== expected.ceremony) return 'envelope-foreign-ceremony';
  if (of.round !== expected.round || of.seq !== expected.seq) return 'envelope-wrong-round';
  return of.to === expected.to ? null : 'envelope-misaddressed';
}

function openOne<T>(candidate: unknown, expected: RoundExpectation<T>): Opened<T> {
  const parsed = signedEnvelope.safeParse(candidate);
  if (!parsed.success) return { ok: false, refusal: 'envelope-malformed', party: null };
  const { envelope: inside, signature } = parsed.data;
  const identityKey = expected.senders.get(inside.from);
  if (identityKey === undefined)
    return { ok: false, refusal: 'envelope-foreign-sender', party: null };
  let bytes: Uint8Array;
  try {
    bytes = signedBytes(inside);
  } catch {
    return { ok: false, refusal: 'envelope-malformed', party: null };
  }
  if (!verifyBytes(identityKey, bytes, signature))
    return { ok: false, refusal: 'envelope-unauthentic', party: null };
  const fault = findHeaderFault(inside, expected);
  if (fault) return { ok: false, refusal: fault, party: null };
  const payload = expected.payload.safeParse(inside.payload);
  // From here on the message is authentic, so a fault is its sender's and not the relay's.
  if (!payload.success) return { ok: false, refusal: 'envelope-malformed', party: inside.from };
  const { payload: _, ...rest } = inside;
  return { ok: true, message: { from: inside.from, payload: payload.data, header: rest } };
}

/**
 * Opens the messages of one round, a step for each. Anything unexpected is a named refusal and changes
 * nothing, so the relay can ask again with the right messages.
 */
export function* openRoundInSteps<T>(
  candidates: readonly unknown[],
  expected: RoundExpectation<T>,
): Steps<OpenedRound<T>> {
  const messages = new Map<string, OpenedMessage<T>>();
  for (const candidate of candidates) {
    const opened = openOne(candidate, expected);
    if (!opened.ok) return opened;
    const { from } = opened.message;
    if (messages.has(from)) return { ok: false, refusal: 'envelope-duplicate', party: from };
    messages.set(from, opened.message);
    yield;
  }
  for (const name of expected.senders.keys())
    if (!messages.has(name)) return { ok: false, refusal: 'envelope-missing', party: name };
  return { ok: true, messages };
}

/** The same at once, for messages that are small. */
export const openRound = <T>(
  candidates: readonly unknown[],
  expected: RoundExpectation<T>,
): OpenedRound<T> => finishNow(openRoundInSteps(candidates, expected));
