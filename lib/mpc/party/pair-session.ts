/** A pair that is being set up: memory only, so a crash costs a repetition and nothing else. */
import type { OneTime } from '../dkls/one-time.ts';
import type { PairAnswered } from '../dkls/pair/answer.ts';
import type { PairExchanged } from '../dkls/pair/exchange.ts';
import type { PairOpened } from '../dkls/pair/open.ts';
import type { PairState } from '../dkls/pair/state.ts';
import type { PairSubject } from '../dkls/pair/subject.ts';
import type { Member } from '../frost/transcript.ts';
import type { Refusal } from '../refusals.ts';
import { toHex } from '../wire/encoding.ts';
import {
  openRound,
  sealEnvelope,
  type EnvelopeHeader,
  type OpenedMessage,
  type SignedEnvelope,
} from '../wire/envelope.ts';
import { openPrivate, sealPrivate } from '../wire/private-payload.ts';
import { pairMessage } from '../wire/pair-rpc.ts';
import type { z } from 'zod';
import { refuse, type Party } from './party.ts';
import type { KeyRecord } from './store/keys.ts';

/** Milliseconds after which a set-up is given up. */
export const SET_UP_MS = 60_000;
export const SET_UPS_MAX = 16;

/** What the party waits for next, and what it needs then. */
export type PairStep =
  | { step: 'exchange'; state: OneTime<PairOpened> }
  | { step: 'answer'; state: OneTime<PairExchanged> }
  | { step: 'finish'; state: OneTime<PairAnswered> }
  | { step: 'keep'; pair: PairState }
  /** It works on what came. */
  | { step: 'busy' };

export type PairSetUp = {
  readonly record: KeyRecord;
  readonly peer: Member;
  readonly subject: PairSubject;
  /** Hex; the id under which its envelopes travel. What is inside names the set-up by both nonces. */
  readonly base: string;
  readonly endsAt: number;
  current: PairStep;
};

export const setUpName = (key: string, peer: string): string => `${key} ${peer}`;

export function erasePairStep(current: PairStep): void {
  if (current.step === 'keep') current.pair.erase();
  else if (current.step !== 'busy') current.state.burn();
}

export function dropSetUp(party: Party, key: string, peer: string): void {
  const setUp = party.pairSetUps.get(setUpName(key, peer));
  if (!setUp) return;
  erasePairStep(setUp.current);
  party.pairSetUps.delete(setUpName(key, peer));
}

function dropWhere(party: Party, isOut: (setUp: PairSetUp) => boolean): void {
  for (const setUp of party.pairSetUps.values())
    if (isOut(setUp)) dropSetUp(party, setUp.record.key, setUp.peer.name);
}

export const dropAllSetUps = (party: Party): void => dropWhere(party, () => true);

export function dropStaleSetUps(party: Party): void {
  const now = party.now().getTime();
  dropWhere(party, ({ endsAt }) => now > endsAt);
}

/** False once it was given up or begun anew, as may happen while the party works on it. */
export const isLive = (party: Party, setUp: PairSetUp): boolean =>
  party.pairSetUps.get(setUpName(setUp.record.key, setUp.peer.name)) === setUp;

/** Ends a set-up. Nothing rests on it, so this is nothing for the party's own record. */
export function failSetUp(
  party: Party,
  setUp: PairSetUp,
  refusal: Refusal,
  culprit: string | null,
): ReturnType<typeof refuse> {
  if (isLive(party, setUp)) dropSetUp(party, setUp.record.key, setUp.peer.name);
  party.log('pair-set-up-failed', { key: setUp.record.key, peer: setUp.peer.name, refusal });
  return refuse(refusal, culprit);
}

const headerOf = (
  { record, subject, base }: PairSetUp,
  round: number,
): Omit<EnvelopeHeader, 'from' | 'to'> => ({
  v: 1,
  ceremony: base,
  key: subject.key,
  epoch: record.epoch,
  round,
  seq: round,
});

/** The own message of a round, encrypted to the peer. */
export function sealPairMessage(
  party: Party,
  setUp: PairSetUp,
  round: 0 | 1 | 2,
  message: Uint8Array,
): SignedEnvelope {
  const { peer } = setUp;
  const header = { ...headerOf(setUp, round), from: party.config.name, to: peer.name };
  return sealEnvelope(party.identity, header, sealPrivate(peer.exchangeKey, header, message));
}

/** The own word about the pair. */
export function sealPairWord(party: Party, setUp: PairSetUp, pair: PairState): SignedEnvelope {
  const header = { ...headerOf(setUp, 3), from: party.config.name, to: setUp.peer.name };
  return sealEnvelope(party.identity, header, { id: toHex(pair.id) });
}

type FromPeer<T> = { ok: true; message: OpenedMessage<T> } | ReturnType<typeof refuse>;

/** The peer's message of a round. */
export function openFromPeer<T>(
  party: Party,
  setUp: PairSetUp,
  of: { round: number; envelopes: readonly unknown[]; payload: z.ZodType<T> },
): FromPeer<T> {
  const { peer } = setUp;
  const opened = openRound(of.envelopes, {
    ...headerOf(setUp, of.round),
    to: party.config.name,
    senders: new Map([[peer.name, peer.identityKey]]),
    payload: of.payload,
  });
  if (!opened.ok) return refuse(opened.refusal, opened.party);
  const message = opened.messages.get(peer.name);
  if (!message) throw new Error('A round that opened has the message of every sender.');
  return { ok: true, message };
}

/** The same, decrypted. */
export function openPairMessage(
  party: Party,
  setUp: PairSetUp,
  of: { round: number; envelopes: readonly unknown[] },
): { ok: true; bytes: Uint8Array } | ReturnType<typeof refuse> {
  const opened = openFromPeer(party, setUp, { ...of, payload: pairMessage });
  if (!opened.ok) return opened;
  const { exchangeKey, agreementKey } = party.identity;
  const { header, payload } = opened.message;
  const bytes = openPrivate(exchangeKey, agreementKey, header, payload);
  return bytes ? { ok: true, bytes } : refuse('envelope-unreadable', setUp.peer.name);
}
