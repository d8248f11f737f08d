/** A key ceremony in progress: memory only, so a crash leaves nothing of it but a stored share. */
import type { KeyCeremonyIntent } from '#lib/protocol/intent.ts';
import { abandonDkg, type DkgState } from '../frost/dkg.ts';
import type { Member } from '../frost/transcript.ts';
import {
  openRound,
  type EnvelopeHeader,
  type OpenedRound,
  type RoundExpectation,
} from '../wire/envelope.ts';
import type { CeremonyPackage } from '../wire/payloads.ts';
import { liveSessions } from './live-session.ts';
import { peersOf, type Party } from './party.ts';

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

export const ceremonies = liveSessions<CeremonySession>({
  of: (party) => party.ceremonies,
  erase: ({ dkg }) => abandonDkg(dkg),
  unknown: 'ceremony-unknown',
  outOfStep: 'ceremony-out-of-step',
  aborted: 'ceremony-aborted',
});

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
