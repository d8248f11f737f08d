/** One digest for everything about people, rules and stops that parties must hold alike. */
import { taggedHash } from '../wire/tagged-hash.ts';
import type { Party } from './party.ts';
import { findOperation } from './store/operations.ts';
import { wasRefused } from './store/noes.ts';
import { revokedCredentials, standingFreezes } from './store/stops.ts';

/** Roster, policy, freezes and revocations in force here. */
export function standingOf(party: Party): string {
  const { trust, database, kek } = party;
  return taggedHash(
    'countersign/standing/v1',
    trust?.rosterHead ?? '',
    trust?.policyHead ?? '',
    ...standingFreezes(database, kek).map(({ operation }) => operation),
    '',
    ...revokedCredentials(database, kek),
  );
}

/**
 * The same, with what this party knows against one operation: a "no" that reached one party only
 * makes the two differ, and neither goes on.
 */
export function standingFor(party: Party, of: { operation: string; intentDigest: string }): string {
  const ended = Math.max(
    findOperation(party.database, of.operation)?.endedAttempt ?? 0,
    wasRefused(party.database, of.operation, of.intentDigest),
  );
  return taggedHash('countersign/standing-for/v1', standingOf(party), of.intentDigest, ended);
}
