/**
 * A ceremony with cold parties: trips there and back until it is over. Its state is plain data. The
 * sessions of the parties are memory: a party that restarts, cold or not, voids the ceremony.
 */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { digestHex, environment, instant, slug } from '#lib/protocol/scalars.ts';
import { CALLS_MAX, roundAnswer, type News, type RoundAnswer } from '../wire/cold-documents.ts';
import type { SignedColdWord } from '../wire/cold-word.ts';
import { rpc, type PartyStatus } from '../wire/rpc.ts';
import { digestOf } from '#lib/protocol/intent.ts';
import { isAbsence, isOfPeers } from './benign.ts';
import {
  gatherWords,
  passHeads,
  readAnswer,
  writeRequest,
  type House,
  type Outgoing,
} from './cold-documents.ts';
import { journal, journaled, type JournalEntry, type PendingStep } from './cold-journal.ts';
import { knowsNothing, whatIsNew, type ColdKnowledge } from './cold-knowledge.ts';
import { coldNo, coldRefused, type ColdNo } from './cold-refusals.ts';
import { partyStatus, type PartyAnswer, type PartyClient } from './party-client.ts';

const outgoing = z.strictObject({
  to: slug,
  text: z.string().max(300_000),
  digest: digestHex,
  words: z.array(z.string().max(20)).length(12),
  fileName: z.string().max(100),
  expiresAt: instant,
});

const leg = z.strictObject({
  cold: slug,
  trip: digestHex,
  /** Of the request that is out, or of the next one. */
  step: z.int().min(1).max(99),
  /** The request that waits for its answer, and what it asks; null where none is out. */
  out: z
    .strictObject({
      document: outgoing,
      calls: z
        .array(
          z.strictObject({
            method: z.string().max(40),
            request: digestHex,
            time: z.int().min(0),
          }),
        )
        .max(8),
      /** What the cold party knows once it has answered. */
      by: z.string().max(64),
      seq: z.int().min(0),
    })
    .nullable(),
});

/** As JSON that can lie in a row between trips. Nothing in it is secret. */
export const coldCeremony = z.strictObject({
  v: z.literal(1),
  organisation: slug,
  environment,
  legs: z.array(leg).max(16),
  journal,
});
export type ColdCeremony = z.infer<typeof coldCeremony>;
type Leg = ColdCeremony['legs'][number];

/** A ceremony that has not begun. @param of.cold names of the cold parties that take part. */
export const newColdCeremony = (of: House & { cold: readonly string[] }): ColdCeremony => ({
  v: 1,
  organisation: of.organisation,
  environment: of.environment,
  legs: of.cold.map((cold) => ({
    cold,
    trip: randomBytes(32).toString('hex'),
    step: 1,
    out: null,
  })),
  journal: [],
});

export type CeremonyStep<T> = {
  state: ColdCeremony;
  outcome:
    | { kind: 'done'; value: T }
    /** Documents are out, or one of these is to be taken there. */
    | { kind: 'waiting'; documents: Outgoing[] }
    /** A party with a network could not be asked, or waits for word of another; nothing is lost. */
    | { kind: 'absent'; no: ColdNo }
    /** A session is gone: start a new ceremony with new documents. */
    | { kind: 'void'; no: ColdNo }
    /** A refusal that people must see. */
    | { kind: 'refused'; no: ColdNo };
};

export type CeremonyWorld<T> = {
  /** Parties with a network that take part; the first one's word stands first in each document. */
  online: readonly PartyClient[];
  /** Further parties with a network, whose receipts let cold ones catch up. */
  others: readonly PartyClient[];
  /** Leads the ceremony with all clients, such as `runKeyCeremony`; must ask the same again. */
  drive: (clients: readonly PartyClient[]) => Promise<PartyAnswer<T>>;
  knowledge: Readonly<Record<string, ColdKnowledge>>;
};

const lost: ReadonlySet<string> = new Set([
  'ceremony-unknown',
  'ceremony-out-of-step',
  'trust-changed',
  'refresh-unknown',
  'refresh-out-of-step',
  // All confirmed the next epoch before; a new ceremony puts it in force.
  'refresh-unfinished',
  'repair-unknown',
  'repair-out-of-step',
  'backup-unknown',
]);

/** True for a refusal after which only a new ceremony helps: what was in progress is gone somewhere. */
export const isVoid = ({ refusal }: Pick<ColdNo, 'refusal'>): boolean => lost.has(refusal);

/** What passes by itself: the same is asked again a moment later. */
const isPassing = (refusal: string): boolean => isAbsence(refusal) || isOfPeers(refusal);

const callsOf = (steps: readonly PendingStep[]) =>
  steps.map(({ method, request, time }) => ({ method, request: digestOf(request), time }));

async function writeLeg<T>(
  world: CeremonyWorld<T>,
  house: House,
  before: Leg,
  steps: readonly PendingStep[],
): Promise<{ ok: true; value: Leg } | ColdNo> {
  const calls = callsOf(steps);
  if (before.out && JSON.stringify(before.out.calls) === JSON.stringify(calls))
    return { ok: true, value: before };
  const [first, ...rest] = world.online;
  if (!first) throw new Error('A ceremony has a party with a network.');
  const others = [...rest, ...world.others];
  const { cold, trip, step } = before;
  const at = { trip, step, to: cold };
  const words = await gatherWords({ ...at, first, others, session: null });
  // Before the genesis there are no words and no news, and a party that is new believes nobody.
  const isEarly =
    steps.every(({ method }) => beforeGenesis.has(method)) &&
    !words.ok &&
    (words.refusal === 'genesis-missing' || words.refusal === 'cold-party-unknown');
  if (isEarly) return writeLegWith(house, before, steps, { words: [], news: [], ...knowsNothing });
  if (!words.ok) return words;
  const told = await whatIsNew({ first, others, knowledge: world.knowledge[cold] ?? knowsNothing });
  if (!told.ok) return told;
  const { news, knowledge, isAll } = told.value;
  // Who only says what it holds can hear a part of the news; whoever is to decide needs all of them.
  if (!isAll && steps.some(({ method }) => method !== 'status'))
    return coldNo('cold-news-first', cold);
  return writeLegWith(house, before, steps, { words: words.value, news, ...knowledge });
}

/** Steps that a party takes before its genesis is pinned. */
const beforeGenesis: ReadonlySet<string> = new Set(['status', 'offerGenesis']);
/** How long a document without a word counts, in milliseconds: a week. */
const EARLY_LIFETIME = 7 * 86_400_000;

type Said = { words: SignedColdWord[]; news: News[]; by: string; seq: number };

function writeLegWith(
  house: House,
  before: Leg,
  steps: readonly PendingStep[],
  { words, news, by, seq }: Said,
): { ok: true; value: Leg } | ColdNo {
  const { cold, trip, step } = before;
  const calls = callsOf(steps);
  const now = Date.now();
  const written = writeRequest({
    ...house,
    trip,
    step,
    to: cold,
    kind: 'round-request',
    words,
    madeAt: words[0]?.word.at ?? new Date(now).toISOString(),
    until: words[0]?.word.until ?? new Date(now + EARLY_LIFETIME).toISOString(),
    body: { news, calls: steps.map(({ method, request }) => ({ method, request })) },
  });
  if (!written.ok) return written;
  return { ok: true, value: { ...before, out: { document: written.value, calls, by, seq } } };
}

/**
 * Goes on as far as it can: parties with a network are asked at once, and for each cold party that
 * has something to do there is a document. Called again without news it gives the same documents.
 */
export async function advanceColdCeremony<T>(
  state: ColdCeremony,
  world: CeremonyWorld<T>,
): Promise<CeremonyStep<T>> {
  const { organisation, environment: where } = state;
  const run = journaled({
    online: world.online,
    cold: state.legs.map(({ cold }) => cold),
    journal: state.journal,
  });
  const outcome = await world.drive(run.clients);
  const next: ColdCeremony = { ...state, journal: run.entries() };
  if (outcome.ok) return { state: next, outcome: { kind: 'done', value: outcome.value } };
  const no = run.stopped() ?? outcome;
  if (isOfPeers(no.refusal)) return { state: next, outcome: { kind: 'absent', no } };
  if (!isAbsence(no.refusal))
    return { state: next, outcome: { kind: isVoid(no) ? 'void' : 'refused', no } };
  const pending = run.pending();
  if (pending.length === 0) return { state: next, outcome: { kind: 'absent', no } };
  const legs: Leg[] = [];
  for (const before of next.legs) {
    const steps = pending.filter(({ party }) => party === before.cold).slice(0, CALLS_MAX);
    if (steps.length === 0) {
      legs.push({ ...before, out: null });
      continue;
    }
    const written = await writeLeg(world, { organisation, environment: where }, before, steps);
    if (!written.ok)
      return {
        state: next,
        outcome: { kind: isPassing(written.refusal) ? 'absent' : 'refused', no: written },
      };
    legs.push(written.value);
  }
  const documents = legs.flatMap(({ out }) => (out ? [out.document] : []));
  return { state: { ...next, legs }, outcome: { kind: 'waiting', documents } };
}

export type TakenAnswer = {
  state: ColdCeremony;
  /** Whose answer it was, and what that party knows now. */
  cold: string;
  knowledge: ColdKnowledge;
  /** Why the cold party took not every step; the next document asks it again. */
  no: ColdNo | null;
};

/** What was answered, up to the first step that was not. */
function entriesOf(
  { cold, out }: Leg,
  { answers, refused }: RoundAnswer,
): { entries: JournalEntry[]; no: ColdNo | null } {
  const entries: JournalEntry[] = [];
  if (refused) return { entries, no: coldRefused(cold, refused) };
  for (const [place, { method, request, time }] of (out?.calls ?? []).entries()) {
    const given = answers[place];
    if (!given) return { entries, no: coldNo('cold-answer-empty', cold) };
    if (!given.ok) return { entries, no: coldRefused(cold, given) };
    const shape = Object.entries(rpc).find(([name]) => name === method)?.[1].answer;
    const parsed = shape?.safeParse(given.value);
    if (!parsed?.success) return { entries, no: coldNo('party-answer-invalid', cold) };
    entries.push({ party: cold, method, request, time, value: parsed.data });
  }
  return { entries, no: null };
}

/**
 * Takes the answer of one cold party. Where it refused, `no` says why: `isVoid` tells whether that
 * party's session is gone, and anything else is something people must see.
 */
export async function takeColdAnswer(
  state: ColdCeremony,
  world: Pick<CeremonyWorld<unknown>, 'online' | 'others'>,
  of: { cold: string; answer: Uint8Array; now: Date },
): Promise<{ ok: true; value: TakenAnswer } | ColdNo> {
  const { cold, answer, now } = of;
  const own = state.legs.find((entry) => entry.cold === cold);
  if (!own?.out) return coldNo('travel-out-of-step', cold);
  const read = readAnswer(answer, { ...state, ...own, to: cold, kind: 'round-answer', now });
  if (!read.ok) return read;
  const parsed = roundAnswer.safeParse(read.value);
  if (!parsed.success) return coldNo('travel-malformed', cold);
  const { heads } = parsed.data;
  if (heads) {
    const behind = await passHeads([...world.online, ...world.others], heads);
    if (behind) return behind;
  }
  const { entries, no } = entriesOf(own, parsed.data);
  const { by, seq } = own.out;
  const after: Leg = { ...own, step: own.step + 2, out: null };
  const legs = state.legs.map((entry) => (entry.cold === cold ? after : entry));
  const knowledge: ColdKnowledge = no ? knowsNothing : { by, seq, settlements: [] };
  const taken = { ...state, legs, journal: [...state.journal, ...entries] };
  return { ok: true, value: { cold, state: taken, knowledge, no } };
}

/**
 * Leads a trip that brings a cold party nothing but news, and what it holds back. Where that was not
 * all, another such trip brings the next part: see `cold-news-first`.
 */
export const tellNews =
  (cold: string) =>
  (clients: readonly PartyClient[]): Promise<PartyAnswer<PartyStatus>> => {
    const client = clients.find(({ name }) => name === cold);
    if (!client) throw new Error('The cold party is not one of those that travel.');
    return partyStatus(client);
  };
