/**
 * Documents for a cold party before its genesis is pinned: one that asks who it is, and the genesis
 * itself. Neither carries a word of another party, since a party that is new believes nobody.
 */
import { randomBytes } from 'node:crypto';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { GenesisBundle } from '#lib/protocol/genesis.ts';
import { digestOf } from '#lib/protocol/intent.ts';
import type { RosterParty } from '#lib/protocol/roster.ts';
import { roundAnswer } from '../wire/cold-documents.ts';
import { rpc } from '../wire/rpc.ts';
import { readColdAnswer, writeRequest, type House, type Outgoing } from './cold-documents.ts';
import { coldNo, coldRefused, type ColdNo } from './cold-refusals.ts';

/** How long either document counts, in milliseconds: a week, as people travel. */
const LIFETIME = 7 * 86_400_000;
const DAY = 86_400_000;

/** Both are the first document on their way. */
const STEP = 1;

type Written = { ok: true; value: Outgoing } | ColdNo;

const writeEarly = (
  house: House,
  of: { to: string; trip: string; from: number; call: { method: string; request: unknown } },
): Written =>
  writeRequest({
    organisation: house.organisation,
    environment: house.environment,
    trip: of.trip,
    step: STEP,
    to: of.to,
    kind: 'round-request',
    words: [],
    madeAt: new Date(of.from).toISOString(),
    until: new Date(of.from + LIFETIME).toISOString(),
    body: { news: [], calls: [of.call] },
  });

/** Asks the party of this name who it is. */
export function writeIntroduction(
  house: House,
  { to, now }: { to: string; now: Date },
): Written & { trip: string } {
  const trip = randomBytes(32).toString('hex');
  const call = { method: 'status', request: {} };
  return { ...writeEarly(house, { to, trip, from: now.getTime(), call }), trip };
}

export type Introduced = Pick<RosterParty, 'name' | 'group' | 'identityKey' | 'exchangeKey'>;

/**
 * Reads what the party answered. Nothing in it is proved: people compare its words with those on the
 * party's own page.
 * @param of.request digest of the document that asked.
 */
export function readIntroduced(
  bytes: Uint8Array,
  of: House & { trip: string; to: string; now: Date; request: string },
): { ok: true; value: Introduced } | ColdNo {
  const { organisation, environment, trip, to, now, request } = of;
  const read = readColdAnswer(bytes, {
    organisation,
    environment,
    trip,
    to,
    now,
    request,
    step: STEP,
    kind: 'round-answer',
  });
  if (!read.ok) return read;
  const body = roundAnswer.safeParse(read.value.body);
  if (!body.success) return coldNo('travel-malformed', to);
  const { refused, answers } = body.data;
  const [first] = answers;
  if (refused) return coldRefused(to, refused);
  if (!first) return coldNo('cold-answer-empty', to);
  if (!first.ok) return coldRefused(to, first);
  const status = rpc.status.answer.safeParse(first.value);
  if (!status.success) return coldNo('travel-malformed', to);
  const { name, group, mode, identityKey, exchangeKey, genesisDigest } = status.data;
  if (name !== to) return coldNo('travel-other-sender', to);
  if (mode !== environment) return coldNo('travel-other-environment', to);
  if (genesisDigest !== null) return coldNo('cold-party-pinned', to);
  return { ok: true, value: { name, group, identityKey, exchangeKey } };
}

/**
 * The signed genesis for one cold party. On one day it is the same document each time, so that its
 * words stay those that people wrote down.
 */
export function writeGenesis(
  house: House,
  { to, bundle, now }: { to: string; bundle: GenesisBundle; now: Date },
): Written {
  const from = now.getTime() - (now.getTime() % DAY);
  const trip = bytesToHex(
    sha256(utf8ToBytes(`genesis ${to} ${from} ${digestOf(bundle.document)}`)),
  );
  const call = { method: 'offerGenesis', request: { bundle } };
  return writeEarly(house, { to, trip, from, call });
}
