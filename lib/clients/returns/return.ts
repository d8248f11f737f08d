/** A return of assets to their owner (MiCA Art 75(6)): its clock and where it stands. Pure. */
import { z } from 'zod';
import { refuse, type Refused } from '#lib/platform/result.ts';
import { readClock, type ClockReading } from '../clock.ts';

export const returnFacts = z.strictObject({
  asset: z.string(),
  /** Smallest units asked for; null for all there is. */
  units: z.string().nullable(),
  /** ISO instant at which it was asked for. */
  requestedAt: z.string(),
  /** ISO instant by which the agreement has it done; null where the target of the house counts. */
  agreedUntil: z.string().nullable(),
});
export type ReturnFacts = z.infer<typeof returnFacts>;

export type ReturnState = 'opened' | 'linked' | 'returned' | 'withdrawn';

export const returnStates: Readonly<Record<ReturnState, string>> = {
  opened: 'No operation carries it out yet',
  linked: 'Under way',
  returned: 'Returned',
  withdrawn: 'Withdrawn by the client',
};

type Step = { step: string; at: string };

export function returnState(steps: readonly Step[]): ReturnState {
  const last = steps.at(-1)?.step ?? 'opened';
  return Object.hasOwn(returnStates, last) ? (last as ReturnState) : 'opened';
}

/** The clock of a return, from the request on; it stops when the return ends, however it ends. */
export function returnClock(
  { requestedAt, agreedUntil }: Pick<ReturnFacts, 'requestedAt' | 'agreedUntil'>,
  steps: readonly Step[],
  now: Date,
): ClockReading {
  const end = steps.find(({ step }) => step === 'returned' || step === 'withdrawn');
  return readClock('assetsReturned', {
    from: new Date(requestedAt),
    doneAt: end ? new Date(end.at) : null,
    now,
    ...(agreedUntil === null ? {} : { until: new Date(agreedUntil) }),
  });
}

export type Carrying = {
  /** Number of the operation, for the sentence. */
  number: string;
  isFinal: boolean;
  isConfirmed: boolean;
  units: bigint;
};

/**
 * Why a return is not done yet; null when it is.
 * @param wanted smallest units asked for; null for all there is.
 * @param left what the client still has of it, in smallest units.
 */
export function findReturnFault(
  wanted: bigint | null,
  operations: readonly Carrying[],
  left: bigint,
): Refused<'under-way' | 'not-all-returned'> | null {
  const open = operations.find(({ isFinal }) => !isFinal);
  if (open)
    return refuse(
      'under-way',
      `${open.number} is not at its end. A return ends when every operation that carries it out is confirmed, or ended and made good by another.`,
    );
  const confirmed = operations.filter(({ isConfirmed }) => isConfirmed);
  const sum = confirmed.reduce((all, { units }) => all + units, 0n);
  const isDone = confirmed.length > 0 && (wanted === null ? left === 0n : sum >= wanted);
  return isDone
    ? null
    : refuse(
        'not-all-returned',
        wanted === null
          ? 'The client still has some of it here, or nothing was confirmed. Link the withdrawal that returns the rest.'
          : 'What was confirmed is less than what was asked for. Link the withdrawal that returns the rest.',
      );
}
