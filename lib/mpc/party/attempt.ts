/** Whether what is in progress may still go on: people can say no, or begin again, at any moment. */
import { movesShares } from '#lib/protocol/intent-kinds.ts';
import type { Intent } from '#lib/protocol/intent.ts';
import type { Party } from './party.ts';
import { wasRefused } from './store/noes.ts';
import { findOperation, type OperationRecord } from './store/operations.ts';

type Content = { operation: string; intentDigest: string };

/** What is on record about exactly this content. */
function findSame({ database }: Party, of: Content): OperationRecord | null {
  const known = findOperation(database, of.operation);
  return known?.intentDigest === of.intentDigest ? known : null;
}

/**
 * True where the id stands for other content here, so that a share may have left for that. A change
 * or a stop has no such id: else whoever states a stop under the id of another operation would keep
 * that one from taking effect.
 */
export function hasOtherContent(
  { database }: Party,
  { operation, kind }: Pick<Intent, 'operation' | 'kind'>,
  intentDigest: string,
): boolean {
  if (!movesShares(kind)) return false;
  const known = findOperation(database, operation);
  return known !== null && known.intentDigest !== intentDigest;
}

/** Highest attempt at exactly this content that somebody said no to; 0 for none. */
export function endedBySomeone(party: Party, of: Content): number {
  return Math.max(
    findSame(party, of)?.endedAttempt ?? 0,
    wasRefused(party.database, of.operation, of.intentDigest),
  );
}

/** Highest attempt that is over: someone said no to it, or a later one was decided; 0 for none. */
export const endedAttempt = (party: Party, of: Content): number =>
  Math.max(endedBySomeone(party, of), (findSame(party, of)?.highestAttempt ?? 0) - 1);

/** True once someone said no to the attempt, and once a later one was decided. */
export const isOver = (party: Party, of: Content & { attempt: number }): boolean =>
  endedAttempt(party, of) >= of.attempt;
