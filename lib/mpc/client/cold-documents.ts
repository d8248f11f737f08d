/** Requests to cold parties as documents, and their answers read. */
import {
  readTravelDocument,
  travelFileName,
  travelWords,
  writeTravelDocument,
  type TravelDocument,
} from '#lib/protocol/travel/travel-document.ts';
import type { Environment } from '#lib/protocol/scalars.ts';
import { CONSOLE, type ColdKind } from '../wire/cold-documents.ts';
import type { SignedColdHeads, SignedColdWord } from '../wire/cold-word.ts';
import { rpc } from '../wire/rpc.ts';
import { coldNo, type ColdNo } from './cold-refusals.ts';
import type { PartyClient } from './party-client.ts';

/** Whose documents these are. */
export type House = { organisation: string; environment: Environment };

/** A document to take to a cold party, as a file or as codes. Plain data. */
export type Outgoing = {
  to: string;
  text: string;
  digest: string;
  /** Twelve words that the cold party shows as well. */
  words: string[];
  fileName: string;
  /** ISO instant after which nobody takes it. */
  expiresAt: string;
};

/** One leg to a cold party. */
export type Leg = { trip: string; step: number; to: string };

/**
 * Writes a request. Its dates are those that the first word signs, so nobody on the way can make it
 * last longer.
 */
export function writeRequest(
  of: House &
    Leg & {
      kind: ColdKind;
      words: readonly SignedColdWord[];
      madeAt: string;
      until: string;
      body: object;
    },
): { ok: true; value: Outgoing } | ColdNo {
  const { organisation, environment, kind, trip, step, to, words, madeAt, until, body } = of;
  const document: TravelDocument = {
    type: 'countersign/travel/v1',
    kind,
    organisation,
    environment,
    from: CONSOLE,
    to,
    trip,
    step,
    madeAt,
    expiresAt: until,
    body: { words, ...body },
  };
  const written = writeTravelDocument(document);
  if (!written.ok) return coldNo(written.refusal, to);
  const { text, digest } = written;
  const fileName = travelFileName(document);
  return {
    ok: true,
    value: { to, text, digest, words: travelWords(digest), fileName, expiresAt: until },
  };
}

/** Reads an answer of one cold party on one leg. What it carries is still to be checked. */
export function readAnswer(
  bytes: Uint8Array,
  of: House & Leg & { kind: ColdKind; now: Date },
): { ok: true; value: unknown } | ColdNo {
  const { organisation, environment, kind, trip, step, to, now } = of;
  const read = readTravelDocument(bytes, {
    now: now.toISOString(),
    expected: { organisation, environment, kind, trip, step: step + 1, from: to, to: CONSOLE },
  });
  return read.ok ? { ok: true, value: read.document.body } : coldNo(read.refusal, to);
}

/**
 * Looks at what somebody brought, before it is kept: whether it is the answer to this request at all.
 * @param of.request digest of the request; whoever brings that back has brought the wrong document.
 */
export function readColdAnswer(
  bytes: Uint8Array,
  of: House & Leg & { kind: 'signing-answer' | 'round-answer'; now: Date; request: string },
): { ok: true; value: { digest: string; body: unknown } } | ColdNo {
  const { organisation, environment, kind, trip, step, to, now, request } = of;
  const read = readTravelDocument(bytes, {
    now: now.toISOString(),
    expected: { organisation, environment, kind, trip, step: step + 1, from: to, to: CONSOLE },
  });
  if (read.ok) return { ok: true, value: { digest: read.digest, body: read.document.body } };
  const isRequest = new TextDecoder().decode(bytes.subarray(0, 200)).includes(request);
  return coldNo(isRequest ? 'cold-own-request' : read.refusal, to);
}

/**
 * The word of the party whose request it is, then those of others who can be reached: one more that
 * saw how far the cold party had come.
 */
export async function gatherWords(
  of: Leg & { first: PartyClient; others: readonly PartyClient[]; session: string | null },
): Promise<{ ok: true; value: SignedColdWord[] } | ColdNo> {
  const { first, others, session, to, trip } = of;
  const own = await first.call(rpc.coldWord, { to, trip, session });
  if (!own.ok) return own;
  const theirs = await Promise.all(
    others.map((client) => client.call(rpc.coldWord, { to, trip, session: null })),
  );
  return { ok: true, value: [own.value, ...theirs.flatMap((one) => (one.ok ? [one.value] : []))] };
}

/** Tells parties with a network how far the cold one has come. Any "behind" is the outcome. */
export async function passHeads(
  clients: readonly PartyClient[],
  heads: SignedColdHeads,
): Promise<ColdNo | null> {
  const answers = await Promise.all(clients.map((client) => client.call(rpc.coldHeads, heads)));
  const behind = answers.find((given) => !given.ok && given.refusal === 'cold-store-behind');
  return behind && !behind.ok ? behind : null;
}
