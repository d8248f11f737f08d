/** Whether what is in progress may still go on: people can say no, or begin again, at any moment. */
import type { Party } from './party.ts';
import { wasRefused } from './store/noes.ts';
import { findOperation } from './store/operations.ts';

/** Highest attempt at exactly this content that somebody said no to; 0 for none. */
export function endedBySomeone(
  { database }: Party,
  of: { operation: string; intentDigest: string },
): number {
  return Math.max(
    findOperation(database, of.operation)?.endedAttempt ?? 0,
    wasRefused(database, of.operation, of.intentDigest),
  );
}

/** Highest attempt that is over: someone said no to it, or a later one was decided; 0 for none. */
export function endedAttempt(
  party: Party,
  of: { operation: string; intentDigest: string },
): number {
  const decided = findOperation(party.database, of.operation)?.highestAttempt ?? 0;
  return Math.max(endedBySomeone(party, of), decided - 1);
}

/** True once someone said no to the attempt, and once a later one was decided. */
export function isOver(
  party: Party,
  of: { operation: string; attempt: number; intentDigest: string },
): boolean {
  return endedAttempt(party, of) >= of.attempt;
}
