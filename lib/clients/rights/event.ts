/** An event that brings clients rights (MiCA Art 75(4)): its ratio, its clocks and where it stands. Pure. */
import { z } from 'zod';
import { readClock, type ClockReading } from '../clock.ts';
import type { Ratio } from '../shares/share-statement.ts';

export const eventKinds = {
  fork: 'Fork',
  airdrop: 'Airdrop',
  other: 'Another right',
} as const;
export type EventKind = keyof typeof eventKinds;

/** Digits of each side of a ratio at most. */
export const ratioDigits = 27;

export const rightsFacts = z.strictObject({
  kind: z.enum(['fork', 'airdrop', 'other']),
  /** What gave the right. */
  asset: z.string(),
  /** ISO instant of the event, and the block where there is one. */
  at: z.string(),
  block: z.string().nullable(),
  /** What it brings, and how many digits after the point that has. */
  brings: z.string(),
  decimals: z.int().min(0).max(18),
  /** Whole coins of what it brings for whole coins of what gave the right, as people typed it. */
  numerator: z.string(),
  denominator: z.string(),
  /** The same in smallest units on both sides: what shares are made of. */
  unitNumerator: z.string(),
  unitDenominator: z.string(),
});
export type RightsFacts = z.infer<typeof rightsFacts>;

export const computedFacts = z.strictObject({
  /** ISO instant of the closed position, and the newest journal in it. */
  closedAt: z.string(),
  lastJournal: z.string(),
  holders: z.int(),
  heldUnits: z.string(),
  dueUnits: z.string(),
  /** What is left over: a part of one smallest unit, as a numerator over the unit denominator. */
  rest: z.string(),
  sharesDigest: z.string(),
});
export type ComputedFacts = z.infer<typeof computedFacts>;

/** A ratio between whole coins as one between smallest units. */
export const unitRatio = (whole: Ratio, decimals: { brings: number; asset: number }): Ratio => ({
  numerator: whole.numerator * 10n ** BigInt(decimals.brings),
  denominator: whole.denominator * 10n ** BigInt(decimals.asset),
});

/** What a sum of positions gives: whole smallest units, and the part of one that is left over. */
export function dueOf(held: bigint, { numerator, denominator }: Ratio) {
  return {
    due: (held * numerator) / denominator,
    rest: (held * numerator) % denominator,
  };
}

export type RightsState =
  | 'opened'
  | 'computed'
  | 'approved'
  | 'completed'
  | 'taken-back'
  | 'dropped';

export const rightsStates: Readonly<Record<RightsState, string>> = {
  opened: 'Recorded, shares to be computed',
  computed: 'To be approved by a second person',
  approved: 'To be handed out',
  completed: 'Handed out',
  'taken-back': 'Handed out, and taken back by a correction',
  dropped: 'Dropped',
};

type Step = { step: string; at: string };

/** @param isTakenBack whether a correction took back some of what was handed out: then nothing has ended. */
export function rightsState(steps: readonly Step[], isTakenBack: boolean): RightsState {
  const last = steps.at(-1)?.step ?? 'opened';
  if (last === 'completed' && isTakenBack) return 'taken-back';
  return Object.hasOwn(rightsStates, last) ? (last as RightsState) : 'opened';
}

/** The clock that runs or ran last; null for an event that was dropped. */
export function rightsClock(
  { at }: Pick<RightsFacts, 'at'>,
  steps: readonly Step[],
  now: Date,
): ClockReading | null {
  const timeOf = (name: string): Date | null => {
    const found = steps.find(({ step }) => step === name);
    return found ? new Date(found.at) : null;
  };
  if (timeOf('dropped')) return null;
  const approved = timeOf('approved');
  return approved === null
    ? readClock('entitlementsDetermined', { from: new Date(at), doneAt: null, now })
    : readClock('entitlementsHandedOut', { from: approved, doneAt: timeOf('completed'), now });
}
