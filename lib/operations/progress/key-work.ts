/**
 * How far the parties are with a key: which rounds are through, who has answered, which pairs are set up, and where
 * it stopped. Told by the console, which leads them and sees no secret; what counts is what each party keeps. Pure.
 */
import { z } from 'zod';
import type { KeySuite } from '#lib/protocol/suites.ts';
import { isInteractive } from '#lib/protocol/suites.ts';

/** Rounds in their order, by the names under which the console leads them. */
export const roundsOf = {
  'key-ceremony': ['begin', 'reveal', 'deal', 'finish', 'confirm', 'activate'],
  'key-refresh': [
    'look',
    'begin',
    'reveal',
    'deal',
    'finish',
    'prove',
    'confirm',
    'activate',
    'erase',
  ],
} as const;
export type KeyWorkKind = keyof typeof roundsOf;
const kinds = Object.keys(roundsOf) as [KeyWorkKind, ...KeyWorkKind[]];

/** Calls with which a pair is set up. */
export const pairSteps = ['begin', 'exchange', 'answer', 'finish', 'keep'] as const;

/** A roster has at most 16 parties. */
const partiesMax = 16;
const pairsMax = (partiesMax * (partiesMax - 1)) / 2;
const partyName = z.string().min(1).max(64);

const pair = z.object({
  of: z.tuple([partyName, partyName]),
  /** `ready` where both sides keep it. */
  step: z.enum([...pairSteps, 'ready']),
});

export const keyWork = z.object({
  kind: z.enum(kinds),
  attempt: z.number().int().min(1),
  /** Everybody who takes part. */
  parties: z.array(partyName).min(1).max(partiesMax),
  /** The round that runs, or ran last; null before the first. */
  round: z.string().max(20).nullable(),
  /** Who has answered in that round. */
  answered: z.array(partyName).max(partiesMax),
  /** How many pairs the key signs with; 0 where it signs without. */
  pairCount: z.number().int().min(0).max(pairsMax),
  pairs: z.array(pair).max(pairsMax),
  /** Who stopped it, by which refusal; null while it runs and once it is through. */
  stopped: z.object({ party: partyName, refusal: z.string().max(64) }).nullable(),
  isThrough: z.boolean(),
});
export type KeyWork = z.infer<typeof keyWork>;

/** Nothing has begun. */
export function newKeyWork(of: {
  kind: KeyWorkKind;
  attempt: number;
  parties: readonly string[];
  suite: KeySuite;
}): KeyWork {
  const { kind, attempt, suite } = of;
  const count = of.parties.length;
  return {
    kind,
    attempt,
    parties: [...of.parties],
    round: null,
    answered: [],
    pairCount: isInteractive(suite) ? (count * (count - 1)) / 2 : 0,
    pairs: [],
    stopped: null,
    isThrough: false,
  };
}

export type KeyWorkEvent =
  | { is: 'round'; round: string }
  | { is: 'answer'; party: string }
  | { is: 'pair'; of: readonly [string, string]; step: (typeof pairSteps)[number] | 'ready' }
  | { is: 'stopped'; party: string; refusal: string }
  | { is: 'through' };

/** As the parties are named, so that a repeat in which others were quicker says the same. */
const inOrder = (parties: readonly string[], some: readonly string[]): string[] =>
  parties.filter((name) => some.includes(name));

/** What is known after the event. Answers while pairs are set up belong to no round. */
export function afterEvent(work: KeyWork, event: KeyWorkEvent): KeyWork {
  switch (event.is) {
    case 'round':
      return { ...work, round: event.round, answered: [], stopped: null };
    case 'answer':
      return work.pairs.some(({ step }) => step !== 'ready') ||
        !work.parties.includes(event.party) ||
        work.answered.includes(event.party)
        ? work
        : { ...work, answered: inOrder(work.parties, [...work.answered, event.party]) };
    case 'pair': {
      const [one, other] = event.of;
      const rest = work.pairs.filter(({ of }) => of[0] !== one || of[1] !== other);
      return { ...work, pairs: [...rest, { of: [one, other], step: event.step }] };
    }
    case 'stopped':
      return { ...work, stopped: { party: event.party, refusal: event.refusal } };
    case 'through':
      return { ...work, stopped: null, isThrough: true };
  }
}

/** Of a repeat that begins where the one before stopped: pairs that were set up stay. */
export const againAfter = (before: KeyWork, fresh: KeyWork): KeyWork =>
  before.attempt === fresh.attempt && before.kind === fresh.kind
    ? { ...fresh, pairs: before.pairs.filter(({ step }) => step === 'ready') }
    : fresh;

/** What was written down of this attempt; null for anything else. */
export function keyWorkOn(stored: unknown, attempt: number): KeyWork | null {
  const read = keyWork.safeParse(stored);
  return read.success && read.data.attempt === attempt ? read.data : null;
}
