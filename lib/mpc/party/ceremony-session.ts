/** A key ceremony in progress: memory only, so a crash leaves nothing of it but a stored share. */
import type { KeyCeremonyIntent } from '#lib/protocol/intent.ts';
import { abandonDkg, type DkgState } from '../frost/dkg.ts';
import type { Member } from '../frost/transcript.ts';
import type { Refusal } from '../refusals.ts';
import {
  openRound,
  type EnvelopeHeader,
  type OpenedRound,
  type RoundExpectation,
} from '../wire/envelope.ts';
import type { CeremonyPackage } from '../wire/payloads.ts';
import { isOver } from './attempt.ts';
import { note, peersOf, refuse, type Party } from './party.ts';

/** Which round the party waits for next. */
export type CeremonyStep = 'reveal' | 'deal' | 'finish' | 'confirm';

export type CeremonySession = {
  readonly intent: KeyCeremonyIntent;
  readonly intentDigest: string;
  /** Of the statements; the ceremony stops once it is over. */
  readonly attempt: number;
  readonly rosterHead: string;
  readonly members: Member[];
  readonly own: Member;
  readonly baseId: string;
  readonly revealed: CeremonyPackage;
  readonly dkg: DkgState;
  /** After this instant (milliseconds) the ceremony is given up. */
  readonly endsAt: number;
  step: CeremonyStep;
  /** By name, the own one from the start, the others after round 0; the same for `commitments`. */
  nonces: ReadonlyMap<string, string>;
  /** Known after round 0. */
  ceremony: string;
  commitments: ReadonlyMap<string, string>;
  /** By name, own included; known after round 1. */
  packages: ReadonlyMap<string, CeremonyPackage>;
};

/** Epoch of a new key. */
export const FIRST_EPOCH = 1;

/** Erases the session's secrets and forgets it. */
export function dropCeremony(party: Party, key: string): void {
  const session = party.ceremonies.get(key);
  if (!session) return;
  party.ceremonies.delete(key);
  abandonDkg(session.dkg);
}

export function dropStaleCeremonies(party: Party): void {
  const now = party.now().getTime();
  for (const [key, session] of party.ceremonies) if (now > session.endsAt) dropCeremony(party, key);
}

/** Header of this party's message; the round's number is the message counter as well. */
export function headerOf(
  session: CeremonySession,
  ceremony: string,
  round: number,
  to: string,
): EnvelopeHeader {
  const { intent, own } = session;
  return {
    v: 1,
    ceremony,
    key: intent.key,
    epoch: FIRST_EPOCH,
    round,
    from: own.name,
    to,
    seq: round,
  };
}

/** Opens the messages of all other members for one round. */
export function openCeremonyRound<T>(
  party: Party,
  session: CeremonySession,
  envelopes: readonly unknown[],
  expected: Pick<RoundExpectation<T>, 'round' | 'payload' | 'ceremony' | 'to'>,
): OpenedRound<T> {
  return openRound(envelopes, {
    ...expected,
    key: session.intent.key,
    epoch: FIRST_EPOCH,
    seq: expected.round,
    senders: peersOf(party, session.members),
  });
}

/** Stops what people said no to. */
export function dropRejected(party: Party, operation: string, attempt: number): void {
  for (const [key, session] of party.ceremonies)
    if (session.intent.operation === operation && session.attempt <= attempt)
      dropCeremony(party, key);
}

/** The live session of a key, when it waits for one of these steps and nobody said no meanwhile. */
export function findSession(
  party: Party,
  key: string,
  ...steps: CeremonyStep[]
): CeremonySession | Refusal {
  dropStaleCeremonies(party);
  const session = party.ceremonies.get(key);
  if (!session) return 'ceremony-unknown';
  if (party.peers.behind !== null)
    return abortCeremony(party, session, 'own-store-behind', null).refusal;
  const { operation } = session.intent;
  if (isOver(party, { ...session, operation })) {
    abortCeremony(party, session, 'attempt-ended', null);
    return 'attempt-ended';
  }
  return steps.includes(session.step) ? session : 'ceremony-out-of-step';
}

/** Ends a ceremony: its secrets in memory are erased, the reason goes to the party's own record. */
export function abortCeremony(
  party: Party,
  session: CeremonySession,
  refusal: Refusal,
  culprit: string | null,
): ReturnType<typeof refuse> {
  dropCeremony(party, session.intent.key);
  const { intent, intentDigest } = session;
  note(party, {
    event: 'ceremony-aborted',
    operation: intent.operation,
    digest: intentDigest,
    refusal,
  });
  party.log('ceremony-aborted', { key: intent.key, refusal, culprit });
  return refuse(refusal, culprit);
}
