/** A key refresh in progress: memory only, up to the commit in which the next epoch is stored. */
import type { KeyRefreshIntent } from '#lib/protocol/key-intents.ts';
import type { GroupKey } from '../frost/group.ts';
import { abandonRefresh, type RefreshPackage, type RefreshState } from '../frost/refresh.ts';
import type { RefreshPromise } from '../frost/refresh-transcript.ts';
import type { CommitmentPair, OneTimeNonces } from '../frost/signing.ts';
import type { Member } from '../frost/transcript.ts';
import type { Refusal } from '../refusals.ts';
import {
  openRound,
  type EnvelopeHeader,
  type OpenedRound,
  type RoundExpectation,
  type SignedEnvelope,
} from '../wire/envelope.ts';
import { isOver } from './attempt.ts';
import { note, peersOf, refuse, type Party } from './party.ts';
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

/** Erases the session's secrets and forgets it. */
export function dropRefresh(party: Party, key: string): void {
  const session = party.refreshes.get(key);
  if (!session) return;
  party.refreshes.delete(key);
  abandonRefresh(session.refresh);
  session.made?.share.fill(0);
  session.made?.nonces.burn();
  session.test?.share.fill(0);
}

export function dropStaleRefreshes(party: Party): void {
  const now = party.now().getTime();
  for (const [key, session] of party.refreshes) if (now > session.endsAt) dropRefresh(party, key);
}

/** Stops what people said no to. */
export function dropRejectedRefreshes(party: Party, operation: string, attempt: number): void {
  for (const [key, session] of party.refreshes)
    if (session.intent.operation === operation && session.attempt <= attempt)
      dropRefresh(party, key);
}

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

/** The live session of a key, when it waits for this step and nobody said no meanwhile. */
export function findRefresh(
  party: Party,
  key: string,
  step: RefreshStep,
): RefreshSession | Refusal {
  dropStaleRefreshes(party);
  const session = party.refreshes.get(key);
  if (!session) return 'refresh-unknown';
  const { operation } = session.intent;
  if (isOver(party, { ...session, operation })) {
    abortRefresh(party, session, 'attempt-ended', null);
    return 'attempt-ended';
  }
  return session.step === step ? session : 'refresh-out-of-step';
}

/** Ends a refresh: its secrets in memory are erased, the reason goes to the party's own record. */
export function abortRefresh(
  party: Party,
  session: RefreshSession,
  refusal: Refusal,
  culprit: string | null,
): ReturnType<typeof refuse> {
  dropRefresh(party, session.intent.key);
  const { intent, intentDigest: digest } = session;
  note(party, { event: 'refresh-aborted', operation: intent.operation, digest, refusal });
  party.log('refresh-aborted', { key: intent.key, refusal, culprit });
  return refuse(refusal, culprit);
}
