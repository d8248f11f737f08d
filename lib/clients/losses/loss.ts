/** A loss of assets (MiCA Art 75(8)): its value at the time, where it stands and which clock runs. Pure. */
import { z } from 'zod';
import { readClock, type ClockReading } from '../clock.ts';
import { verdicts } from './value-at-loss.ts';

export const lossFacts = z.strictObject({
  asset: z.string(),
  /** Smallest units that were lost. */
  units: z.string(),
  /** ISO instant at which it happened. */
  occurredAt: z.string(),
  /** Number of the incident; null where none is on record. */
  incident: z.string().nullable(),
  /** Of one whole coin in units of 10^-8 euro, and the ISO instant it is of. */
  price: z.string(),
  priceAt: z.string(),
});
export type LossFacts = z.infer<typeof lossFacts>;

export const sharedFacts = z.strictObject({
  closedAt: z.string(),
  lastJournal: z.string(),
  holders: z.int(),
  heldUnits: z.string(),
  /** What all of it was worth: the most that anybody can be liable for. */
  valueCents: z.string(),
  sharesDigest: z.string(),
});
export type SharedFacts = z.infer<typeof sharedFacts>;

export const verdictFacts = z.strictObject({
  verdict: z.enum(verdicts),
  liabilityCents: z.string(),
  incident: z.string().nullable(),
});
export type VerdictFacts = z.infer<typeof verdictFacts>;

export type LossState = 'shared' | 'proposed' | 'declined' | 'accepted' | 'settled' | 'taken-back';

export const lossStates: Readonly<Record<LossState, string>> = {
  shared: 'To be decided',
  proposed: 'To be accepted by a second person',
  declined: 'Sent back, to be decided',
  accepted: 'Decided, to be paid',
  settled: 'Closed',
  'taken-back': 'Paid, and taken back by a correction',
};

type Step = { step: string; at: string };

/** @param isTakenBack whether a correction took back some of what was paid: then nothing is closed. */
export function lossState(steps: readonly Step[], isTakenBack: boolean): LossState {
  const last = steps.at(-1)?.step ?? '';
  if (last === 'settled' && isTakenBack) return 'taken-back';
  return Object.hasOwn(lossStates, last) ? (last as LossState) : 'shared';
}

/** The clock of the decision, from the day on which the loss was recorded. */
export function lossClock(openedAt: string, steps: readonly Step[], now: Date): ClockReading {
  const accepted = steps.find(({ step }) => step === 'accepted');
  return readClock('lossDecided', {
    from: new Date(openedAt),
    doneAt: accepted ? new Date(accepted.at) : null,
    now,
  });
}

/** How far the price may be from the loss: it is the value at the time that counts. */
export const priceWithinMs = 3_600_000;
