/**
 * What travels to a cold party and back: an envelope around contents of any kind.
 *
 * It has no signature of its own and proves nothing by itself. Its contents are signed statements
 * and signed envelopes between parties, which whoever reads it checks as if they had come over a
 * network; what stands outside them only says whom the document is for. The digest finds damage,
 * and people compare it, so that both sides know they are at the same document.
 */
import { z } from 'zod';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalize } from '../intent.ts';
import { digestHex, environment, instant, slug } from '../scalars.ts';
import { readStrictJson } from '../strict-json.ts';
import { digestWords } from '../words.ts';
import { DOCUMENT_MARK, TRAVEL_BYTES_MAX } from './limits.ts';
import type { TravelRefusal } from './refusals.ts';

/** How far ahead of the reader's clock a document may be dated, in milliseconds; as for statements. */
const CLOCK_TOLERANCE = 60_000;

const TYPE = `${DOCUMENT_MARK}v1` as const;

export const travelDocument = z
  .strictObject({
    type: z.literal(TYPE),
    /** What it carries, such as `signing-request`; decides how the body is read. */
    kind: slug.max(40),
    organisation: slug,
    environment,
    /** Names of the console or the parties at either end. */
    from: slug,
    to: slug,
    /** 32 random bytes in hex: the same for the way there, the way back and every further step. */
    trip: digestHex,
    /** From 1; each leg of a trip has its own. */
    step: z.int().min(1).max(99),
    madeAt: instant,
    /** By the clock of whoever reads it. */
    expiresAt: instant,
    body: z.unknown(),
  })
  .refine(({ madeAt, expiresAt }) => madeAt < expiresAt, 'must expire after it was made')
  .refine(({ body }) => body !== undefined, 'must have a body');
export type TravelDocument = z.infer<typeof travelDocument>;

export type WrittenTravel =
  | { ok: true; text: string; digest: string }
  | { ok: false; refusal: 'travel-too-large' };

const digestOfText = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)));

/**
 * The document as text of three lines: its type, its digest, and its canonical JSON. This text is
 * the same whether it goes as a file or as codes.
 * @returns `digest`: lower-case hex SHA-256 of the third line.
 * @throws ZodError or CanonicalError when it is not a document: a fault of the caller.
 */
export function writeTravelDocument(document: TravelDocument): WrittenTravel {
  const canonical = canonicalize(travelDocument.parse(document));
  const digest = digestOfText(canonical);
  const text = `${TYPE}\nsha256 ${digest}\n${canonical}\n`;
  if (utf8ToBytes(text).length > TRAVEL_BYTES_MAX)
    return { ok: false, refusal: 'travel-too-large' };
  return { ok: true, text, digest };
}

/** What the reader knows beforehand; each is compared where it is given. */
export type ExpectedTravel = Partial<
  Pick<TravelDocument, 'organisation' | 'environment' | 'from' | 'to' | 'kind' | 'trip' | 'step'>
>;

export type ReadTravel =
  | { ok: true; document: TravelDocument; digest: string }
  | { ok: false; refusal: TravelRefusal };

const MISFITS = [
  ['organisation', 'travel-other-organisation'],
  ['environment', 'travel-other-environment'],
  ['to', 'travel-misaddressed'],
  ['from', 'travel-other-sender'],
  ['kind', 'travel-other-kind'],
  ['trip', 'travel-other-trip'],
  ['step', 'travel-out-of-step'],
] as const satisfies readonly (readonly [keyof ExpectedTravel, TravelRefusal])[];

function findMisfit(document: TravelDocument, expected: ExpectedTravel): TravelRefusal | null {
  const misfit = MISFITS.find(
    ([field]) => expected[field] !== undefined && expected[field] !== document[field],
  );
  return misfit?.[1] ?? null;
}

function findUntimely({ madeAt, expiresAt }: TravelDocument, now: string): TravelRefusal | null {
  const time = Date.parse(now);
  if (Date.parse(madeAt) > time + CLOCK_TOLERANCE) return 'travel-from-the-future';
  return Date.parse(expiresAt) > time ? null : 'travel-expired';
}

type Opened =
  | { ok: true; canonical: string; digest: string }
  | { ok: false; refusal: TravelRefusal };

/** Takes the three lines apart. The last line break may be missing: pasting loses it. */
function openText(text: string): Opened {
  const [first = '', second = '', canonical, ...rest] = text.split('\n', 5);
  if (!first.startsWith(DOCUMENT_MARK)) return { ok: false, refusal: 'travel-not-ours' };
  if (first !== TYPE) return { ok: false, refusal: 'travel-unknown-version' };
  const digest = /^sha256 ([0-9a-f]{64})$/.exec(second)?.[1];
  const isWhole = rest.length === 0 || (rest.length === 1 && rest[0] === '');
  if (digest === undefined || canonical === undefined || !isWhole)
    return { ok: false, refusal: 'travel-damaged' };
  return digestOfText(canonical) === digest
    ? { ok: true, canonical, digest }
    : { ok: false, refusal: 'travel-damaged' };
}

function readUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Parsed, and spelt the one way there is: what people compared is what is read. */
function parseCanonical(canonical: string): TravelDocument | null {
  const json = readStrictJson(utf8ToBytes(canonical), TRAVEL_BYTES_MAX);
  const parsed = json.ok ? travelDocument.safeParse(json.value) : null;
  if (!parsed?.success) return null;
  try {
    return canonicalize(parsed.data) === canonical ? parsed.data : null;
  } catch {
    return null;
  }
}

/**
 * Reads a document from outside, from a file or joined from codes. What it carries is still to be
 * checked by whoever takes it.
 * @param of.now by the reader's own clock, as ISO instant.
 * @param of.expected what the reader knows beforehand, such as its own name for `to`.
 */
export function readTravelDocument(
  bytes: Uint8Array,
  of: { now: string; expected?: ExpectedTravel },
): ReadTravel {
  if (bytes.length > TRAVEL_BYTES_MAX) return { ok: false, refusal: 'travel-too-large' };
  const text = readUtf8(bytes);
  if (text === null) return { ok: false, refusal: 'travel-not-ours' };
  const opened = openText(text);
  if (!opened.ok) return opened;
  const document = parseCanonical(opened.canonical);
  if (document === null) return { ok: false, refusal: 'travel-malformed' };
  const refusal = findMisfit(document, of.expected ?? {}) ?? findUntimely(document, of.now);
  return refusal === null ? { ok: true, document, digest: opened.digest } : { ok: false, refusal };
}

/**
 * Twelve words (132 bits) of a document's digest, to read out at both ends. The console draws
 * documents up and could look for two that share fewer words.
 */
export const travelWords = (digest: string): string[] => digestWords(digest, 12);

/** A name for the file, such as `signing-request-3fa9c1d2-1.txt`. */
export const travelFileName = ({ kind, trip, step }: TravelDocument): string =>
  `${kind}-${trip.slice(0, 8)}-${step}.txt`;
