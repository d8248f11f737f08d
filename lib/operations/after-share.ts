/** How an operation goes on of which a share may be out, in words. Pure. */
import type { OperationState } from './states.ts';

/** Follows a sentence that says that a signature may exist. */
export const onlyTheChain =
  'Its time is over, so nobody here can end it or start a new attempt while its payment may still run. On Bitcoin it is settled once the chain has that payment for good; on other chains what it is tied to, such as the next number of its account, stays taken.';

export function afterShare(
  { state, expiresAt }: { state: OperationState; expiresAt: Date },
  now: Date,
): string {
  const isOver = expiresAt <= now;
  if (state === 'held') return isOver ? onlyTheChain : 'Its raiser can start a new attempt.';
  if (state === 'cosigned') return 'Every statement of its new attempt is there, so it goes on.';
  return isOver
    ? 'Not everybody stated its new attempt in time, so it is held again within moments.'
    : 'It waits for the statements of its new attempt.';
}
