/**
 * What this party's records said at an instant in the past, for one that was off: by then two other
 * parties had adopted a change, and what came to be known later stopped it no more there.
 */
import type { DecideInput } from '#lib/protocol/decide-input.ts';
import type { Party } from './party.ts';
import { wasRefusedBy } from './store/noes.ts';
import { revocationsBy, standingFreezes } from './store/stops.ts';

/**
 * How long before the instant something must have been known here to count against the change, in
 * milliseconds: clocks differ, and a stop takes a moment to get around.
 */
const TOLERANCE = 60_000;

/** Freezes, revocations and a "no" count only where this party knew them by then. */
export function asOf(
  party: Party,
  input: DecideInput,
  of: { operation: string; digest: string; at: Date },
): DecideInput {
  const { database, kek } = party;
  const { operation, digest } = of;
  const limit = new Date(of.at.getTime() - TOLERANCE).toISOString();
  const ended = wasRefusedBy(database, operation, digest, limit);
  return {
    ...input,
    now: of.at.toISOString(),
    party: {
      ...input.party,
      freezes: standingFreezes(database, kek)
        .filter(({ frozenAt }) => frozenAt <= limit)
        .map((freeze) => ({ operation: freeze.operation, scope: freeze.scope })),
      revokedCredentials: revocationsBy(database, kek, limit),
      endedAttempts: ended > 0 ? [{ operation, attempt: ended }] : [],
    },
  };
}
