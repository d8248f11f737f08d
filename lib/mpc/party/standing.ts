/** One digest for everything about people, rules and stops that parties must hold alike. */
import { taggedHash } from '../wire/tagged-hash.ts';
import { endedBySomeone } from './attempt.ts';
import type { Party } from './party.ts';
import { revokedCredentials, standingFreezes } from './store/stops.ts';

/** Roster, policy, freezes and revocations in force here. */
export function standingOf(party: Party): string {
  const { trust, database, kek } = party;
  return taggedHash(
    'countersign/standing/v1',
    trust?.rosterHead ?? '',
    trust?.policyHead ?? '',
    // By content: a freeze of something else under the same id stops something else.
    ...standingFreezes(database, kek).map(({ operation, intentDigest }) =>
      [operation, intentDigest].join(' '),
    ),
    '',
    ...revokedCredentials(database, kek),
  );
}

/**
 * The same, with what this party knows against one operation: a "no" that reached one party only
 * makes the two differ, and neither goes on.
 */
export function standingFor(party: Party, of: { operation: string; intentDigest: string }): string {
  const ended = endedBySomeone(party, of);
  return taggedHash('countersign/standing-for/v1', standingOf(party), of.intentDigest, ended);
}
