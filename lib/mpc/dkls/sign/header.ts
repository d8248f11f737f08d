/**
 * How every message of signing begins: round, sender, recipient, the session's name and the pair's
 * id. All are compared before anything else is done with a message, so that a message of another
 * session, or of a pair whose two sides differ, is a benign fault: run through the checks it would
 * look like cheating, and honest parties would ban each other.
 */
import { equalBytes, joined, readExactly, type FieldReader } from '../bytes.ts';
import { fault, type Fault } from '../faults.ts';
import { pairWith, type Session } from './session.ts';

const ROUND_HEADER = 3 + 32;
export const HEADER = ROUND_HEADER + 32;

/** Kinds differ from those of the pair's set-up. */
const KINDS = { 1: 0x21, 2: 0x22, 3: 0x23 } as const;
export type Round = keyof typeof KINDS;

/** In round 3 all get the same message, so it names no recipient and no pair. */
const EVERYBODY = 0;
const NO_PAIR = new Uint8Array(32);

function headerBytes(session: Session, round: Round, from: number, to: number): Uint8Array {
  const peer = from === session.index ? to : from;
  const pair = to === EVERYBODY ? NO_PAIR : pairWith(session, peer).id;
  return joined(Uint8Array.of(KINDS[round], from, to), session.name, pair);
}

export const ownHeader = (session: Session, round: Round, peer: number): Uint8Array =>
  headerBytes(session, round, session.index, round === 3 ? EVERYBODY : peer);

/** Reads one peer's message behind a header that is exactly the expected one. */
function readOne<T>(
  session: Session,
  of: { round: Round; length: number; read: (reader: FieldReader) => T },
  peer: number,
  bytes: Uint8Array | undefined,
): { ok: true; fields: T } | Fault {
  if (!bytes) return fault('dkls-message-missing', peer);
  if (bytes.length !== of.length) return fault('dkls-message-malformed', peer);
  const to = of.round === 3 ? EVERYBODY : session.index;
  const expected = headerBytes(session, of.round, peer, to);
  if (!equalBytes(bytes.subarray(0, ROUND_HEADER), expected.subarray(0, ROUND_HEADER)))
    return fault('dkls-session-foreign', peer);
  if (!equalBytes(bytes.subarray(ROUND_HEADER, HEADER), expected.subarray(ROUND_HEADER)))
    return fault('dkls-pair-foreign', peer);
  const fields = readExactly(bytes.subarray(HEADER), of.length - HEADER, of.read);
  return fields ? { ok: true, fields } : fault('dkls-message-malformed', peer);
}

/** Reads the messages of all peers, or finds the first that is missing or unreadable. Others are ignored. */
export function readAll<T>(
  session: Session,
  received: ReadonlyMap<number, Uint8Array>,
  of: { round: Round; length: number; read: (reader: FieldReader) => T },
): { ok: true; messages: Map<number, T> } | Fault {
  const messages = new Map<number, T>();
  for (const peer of session.peers) {
    const one = readOne(session, of, peer, received.get(peer));
    if (!one.ok) return one;
    messages.set(peer, one.fields);
  }
  return { ok: true, messages };
}
