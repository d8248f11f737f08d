/**
 * Phases in which a transaction may still confirm, so that only the chain can end its operation.
 * The database's guard of operations holds the same list.
 */
export const livePhases: readonly string[] = ['releasing', 'signed', 'broadcast'];

export const mayStillConfirm = ({ phase }: { phase: string }): boolean =>
  livePhases.includes(phase);

/** Nothing becomes of it any more. */
export const overPhases: readonly string[] = ['confirmed', 'failed'];

/**
 * It can never run: the chain ran and refused it, or another transaction used what it was tied to.
 * The parties sign for an operation only what conflicts with every earlier transaction of it, so
 * after a spent one they sign nothing for it any more.
 */
export const isSpent = ({ phase }: { phase: string }): boolean => phase === 'failed';
