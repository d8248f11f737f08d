/** A key refresh in progress: memory only, up to the commit in which the next epoch is stored. */
import type { KeyRefreshIntent } from '#lib/protocol/key-intents.ts';
import type { GroupKey } from '../frost/group.ts';
import { abandonRefresh, type RefreshPackage, type RefreshState } from '../frost/refresh.ts';
import type { RefreshPromise } from '../frost/refresh-transcript.ts';
import type { CommitmentPair, OneTimeNonces } from '../frost/signing.ts';
import type { Member } from '../frost/transcript.ts';
import {
  openRound,
  type EnvelopeHeader,
  type OpenedRound,
  type RoundExpectation,
  type SignedEnvelope,
} from '../wire/envelope.ts';
import { liveSessions } from './live-session.ts';
import { peersOf, type Party } from './party.ts';
import type { KeyRecord } from './store/keys.ts';

/** Which round the party waits for next. */
export type RefreshStep = 'reveal' | 'deal' | 'finish' | 'prove' | 'confirm';

/** What came of the rounds, until it is stored. */
export type RefreshedShare = {
  readonly group: GroupKey;
  readonly share: Uint8Array;
  readonly transcript: string;
  readonly echo: SignedEnvelope;
  /** For the test signature. */
  readonly nonces: OneTimeNonces;
};

/** The test signature once everybody's nonces are known. */
export type RefreshTest = {
  readonly id: string;
  readonly pairs: ReadonlyMap<number, CommitmentPair>;
  readonly share: Uint8Array;
};

export type RefreshSession = {
  readonly intent: KeyRefreshIntent;
  readonly intentDigest: string;
  /** Of the statements; the refresh stops once it is over. */
  readonly attempt: number;
  readonly rosterHead: string;
  /** The epoch in force, which is refreshed. */
  readonly base: KeyRecord;
  readonly own: Member;
  readonly baseId: string;
  readonly revealed: RefreshPackage;
  readonly refresh: RefreshState;
  /** After this instant (milliseconds) the refresh is given up. */
  readonly endsAt: number;
  step: RefreshStep;
  /** By name, the own one from the start, the others after round 0. */
  promises: ReadonlyMap<string, RefreshPromise>;
  /** Known after round 0. */
  ceremony: string;
  /** By name, own included; known after round 1. */
  packages: ReadonlyMap<string, RefreshPackage>;
  made: RefreshedShare | null;
  test: RefreshTest | null;
};

/** Members that say they never confirmed this version of the coming epoch. */
export const deniersOf = (
  { own, promises }: Pick<RefreshSession, 'own' | 'promises'>,
  ceremony: string,
): string[] =>
  [...promises]
    .filter(
      ([name, { prepared, setAside }]) =>
        name !== own.name && prepared !== ceremony && !setAside.includes(ceremony),
    )
    .map(([name]) => name);

export const nextEpoch = ({ base }: RefreshSession): number => base.epoch + 1;

export const refreshes = liveSessions<RefreshSession>({
  of: (party) => party.refreshes,
  erase: ({ refresh, made, test }) => {
    abandonRefresh(refresh);
    made?.share.fill(0);
    made?.nonces.burn();
    test?.share.fill(0);
  },
  unknown: 'refresh-unknown',
  outOfStep: 'refresh-out-of-step',
  aborted: 'refresh-aborted',
});

/** Header of this party's message; the round's number is the message counter as well. */
export function refreshHeader(
  session: RefreshSession,
  ceremony: string,
  round: number,
  to: string,
): EnvelopeHeader {
  const { intent, own } = session;
  const epoch = nextEpoch(session);
  return { v: 1, ceremony, key: intent.key, epoch, round, from: own.name, to, seq: round };
}

/** Opens the messages of all other members for one round. */
export function openRefreshRound<T>(
  party: Party,
  session: RefreshSession,
  envelopes: readonly unknown[],
  expected: Pick<RoundExpectation<T>, 'round' | 'payload' | 'ceremony' | 'to'>,
): OpenedRound<T> {
  return openRound(envelopes, {
    ...expected,
    key: session.intent.key,
    epoch: nextEpoch(session),
    seq: expected.round,
    senders: peersOf(party, session.base.members),
  });
}
