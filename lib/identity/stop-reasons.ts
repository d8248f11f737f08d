/**
 * Why somebody's key, access or sessions were ended. Codes only: they stand in the audit trail,
 * which holds no free text because it can never be erased.
 */
import { z } from 'zod';

export const stopReason = z.enum(
  ['stolen', 'lost', 'misuse-suspected', 'left', 'precaution'],
  'Choose a reason.',
);
export type StopReason = z.infer<typeof stopReason>;

/** The same as people read them. */
export const stopReasonNames: Readonly<Record<StopReason, string>> = {
  stolen: 'Stolen',
  lost: 'Lost',
  'misuse-suspected': 'Misuse suspected',
  left: 'Left, or has other work now',
  precaution: 'Precaution',
};
