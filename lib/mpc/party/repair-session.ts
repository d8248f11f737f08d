/** A share repair in progress: memory only, at the helpers for good. */
import type { KeyRepairIntent } from '#lib/protocol/key-intents.ts';
import { abandonRepair, type RepairState } from '../frost/repair.ts';
import type { RepairPackage, RepairPlan } from '../frost/repair-plan.ts';
import type { Member } from '../frost/transcript.ts';
import {
  openRound,
  type EnvelopeHeader,
  type OpenedRound,
  type RoundExpectation,
} from '../wire/envelope.ts';
import type { KeyWord, RepairOpening } from '../wire/repair-payloads.ts';
import { liveSessions } from './live-session.ts';
import { peersOf, type Party } from './party.ts';

/** Which round the party waits for next; a helper sums, the lost party finishes. */
export type RepairStep = 'reveal' | 'echo' | 'deal' | 'sum' | 'finish';

export type RepairSession = {
  readonly intent: KeyRepairIntent;
  readonly intentDigest: string;
  /** Of the statements; the repair stops once it is over. */
  readonly attempt: number;
  readonly rosterHead: string;
  readonly own: Member;
  readonly lost: Member;
  readonly helpers: readonly Member[];
  readonly participants: readonly Member[];
  readonly baseId: string;
  /** The helper's side; null at the party that lost its share. */
  readonly repair: RepairState | null;
  /** After this instant (milliseconds) the repair is given up. */
  readonly endsAt: number;
  step: RepairStep;
  /** By name, the own one from the start, the others after round 0. */
  openings: ReadonlyMap<string, RepairOpening>;
  /** Known after round 0. */
  id: string;
  /** What all helpers say of the key, and what is done with it; known after round 0. */
  agreed: { word: KeyWord; plan: RepairPlan } | null;
  /** By name, of all helpers; known after round 1. */
  packages: ReadonlyMap<string, RepairPackage>;
};

export const repairs = liveSessions<RepairSession>({
  of: (party) => party.repairs,
  erase: ({ repair }) => {
    if (repair) abandonRepair(repair);
  },
  unknown: 'repair-unknown',
  outOfStep: 'repair-out-of-step',
  aborted: 'repair-aborted',
});

/** Header of this party's message; the round's number is the message counter as well. */
export function repairHeader(
  session: RepairSession,
  ceremony: string,
  round: number,
  to: string,
): EnvelopeHeader {
  const { intent, own } = session;
  const { key, epoch } = intent;
  return { v: 1, ceremony, key, epoch, round, from: own.name, to, seq: round };
}

/** Opens the messages that these participants, this party left out, sent in one round. */
export function openRepairRound<T>(
  party: Party,
  session: RepairSession,
  envelopes: readonly unknown[],
  expected: Pick<RoundExpectation<T>, 'round' | 'payload' | 'ceremony' | 'to'> & {
    from: readonly Member[];
  },
): OpenedRound<T> {
  const { round, payload, ceremony, to, from } = expected;
  return openRound(envelopes, {
    round,
    payload,
    ceremony,
    to,
    key: session.intent.key,
    epoch: session.intent.epoch,
    seq: round,
    senders: peersOf(party, from),
  });
}
