/**
 * A signing session: memory only. Its nonces serve one share; after that, after any error and
 * after a while they are gone, and the same transaction needs a new session.
 */
import type { SigningPart } from '#lib/chains/decoded.ts';
import { publicKeyOf } from '../frost/group.ts';
import { signingScheme, type Scheme } from '../frost/scheme.ts';
import type { CommitmentPair, OneTimeNonces } from '../frost/signing.ts';
import { signingBaseId, type Member } from '../frost/transcript.ts';
import { everyone, type EnvelopeHeader } from '../wire/envelope.ts';
import { burnStep, type EcdsaStep } from './ecdsa-run.ts';
import type { Party } from './party.ts';
import type { KeyRecord } from './store/keys.ts';

export const SESSIONS_MAX = 64;
/** How many of them may wait for a cold party. */
const TRIPS_MAX = 8;

export type SigningSession = {
  readonly handle: string;
  readonly operation: string;
  readonly intentDigest: string;
  /** Of the statements; no share leaves once it is over. */
  readonly attempt: number;
  /** After this instant (milliseconds) no share leaves. */
  readonly notAfter: number;
  readonly rosterHead: string;
  readonly policyHead: string;
  /** Of everything that parties must hold alike, when the decision was made. */
  readonly standing: string;
  readonly message: Uint8Array;
  readonly messageDigest: string;
  readonly parts: readonly SigningPart[];
  readonly conflictKey: string;
  readonly uses: readonly string[];
  readonly record: KeyRecord;
  readonly own: Member;
  readonly quorum: readonly Member[];
  readonly baseId: string;
  readonly nonce: string;
  /** One for each part; none where the key signs with ECDSA. */
  readonly nonces: OneTimeNonces[];
  /** True while the party works on it with FROST and lets others in between; ECDSA has a step for that. */
  isBusy: boolean;
  /** How far it has come with ECDSA; null where the key signs with FROST. */
  ecdsa: EcdsaStep | null;
  /** When this party decided and the session began, in milliseconds. */
  readonly decidedAt: number;
  /** After this instant (milliseconds) the session is closed. */
  readonly endsAt: number;
  /** True while it waits for an answer that people carry from a cold party. */
  readonly isTrip: boolean;
  /** Set when the own share was made. What it holds is for FROST; with ECDSA that is in `ecdsa`. */
  released: {
    sessionId: string;
    /** By member, each with one for every part. */
    pairs: ReadonlyMap<number, readonly CommitmentPair[]>;
    shares: readonly Uint8Array[];
  } | null;
};

export function closeSession(party: Party, session: SigningSession): void {
  if (session.ecdsa) burnStep(session.ecdsa);
  for (const nonces of session.nonces) nonces.burn();
  for (const share of session.released?.shares ?? []) share.fill(0);
  party.sessions.delete(session.handle);
}

/** False once it was closed, as may happen while the party works on it. */
export const isLive = (party: Party, session: SigningSession): boolean =>
  party.sessions.get(session.handle) === session;

export function closeStaleSessions(party: Party): void {
  const now = party.now().getTime();
  for (const session of party.sessions.values())
    if (now > session.endsAt) closeSession(party, session);
}

/**
 * Closes what would still need this party's share of a key, when another epoch of it comes in force.
 * Where the own share has left, the session may still learn the signature.
 */
export function closeSessionsOf(party: Party, key: string): void {
  for (const session of party.sessions.values())
    if (session.record.key === key && !session.released) closeSession(party, session);
}

/** Closes what would still need this party's pair with another one. */
export function closeSessionsWith(party: Party, key: string, peer: string): void {
  for (const session of party.sessions.values())
    if (
      session.record.key === key &&
      session.quorum.some(({ name }) => name === peer) &&
      !session.released
    )
      closeSession(party, session);
}

/** Closes any earlier session for the same transaction: only the newest can be completed. */
export function closeSessionsFor(party: Party, operation: string, messageDigest: string): void {
  for (const session of party.sessions.values())
    if (session.operation === operation && session.messageDigest === messageDigest)
      closeSession(party, session);
}

/**
 * Makes room for one that waits for a cold party: an operation has one trip at a time, so only as
 * many operations as may wait can fill the places. @returns false when they have.
 */
export function admitTrip(party: Party, operation: string): boolean {
  const trips = [...party.sessions.values()].filter(({ isTrip }) => isTrip);
  for (const session of trips)
    if (session.operation === operation && !session.released) closeSession(party, session);
  return trips.filter(({ handle }) => party.sessions.has(handle)).length < TRIPS_MAX;
}

/**
 * Closes what people said no to. Where the own share has left the signature may exist whatever is
 * said after, so such a session may still learn it.
 */
export function closeRejected(party: Party, operation: string, attempt: number): void {
  for (const session of party.sessions.values())
    if (session.operation === operation && session.attempt <= attempt && !session.released)
      closeSession(party, session);
}

/** How a key signs. @throws for one that signs without FROST, which no ceremony here makes. */
export function schemeOf({ suite }: KeyRecord): Scheme {
  const scheme = signingScheme(suite);
  if (!scheme) throw new Error('Keys of this suite do not sign with FROST.');
  return scheme;
}

export function baseIdOf(of: {
  record: KeyRecord;
  intentDigest: string;
  attempt: number;
  messageDigest: string;
  parts: readonly SigningPart[];
  quorum: readonly Member[];
}): string {
  const { key, suite, epoch, group } = of.record;
  return signingBaseId({ ...of, suite, key, epoch, publicKey: publicKeyOf(group) });
}

/** Header of this party's message to all, or with ECDSA to one: round 1 promises, the last brings the share. */
export function signingHeader(
  session: SigningSession,
  ceremony: string,
  round: 1 | 2 | 3 | 4,
  to = everyone,
): EnvelopeHeader {
  const { record, own } = session;
  const { key, epoch } = record;
  return { v: 1, ceremony, key, epoch, round, from: own.name, to, seq: round - 1 };
}
