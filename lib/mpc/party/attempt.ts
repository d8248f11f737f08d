/** Whether what is in progress may still go on: people can say no, or begin again, at any moment. */
import type { Party } from './party.ts';
import { wasRefused } from './store/noes.ts';
import { findOperation } from './store/operations.ts';

/** True once someone said no to the attempt, and once a later one was decided. */
export function isOver(
  party: Party,
  of: { operation: string; attempt: number; intentDigest: string },
): boolean {
  if (wasRefused(party.database, of.operation, of.intentDigest) >= of.attempt) return true;
  const known = findOperation(party.database, of.operation);
  if (!known) return false;
  return known.endedAttempt >= of.attempt || known.highestAttempt > of.attempt;
}
