/** Whether what the roster grants somebody has ended. Pure. */
import { findGrantEnd, grantEnded } from '#lib/identity/grant-end.ts';
import type { Refused } from '#lib/platform/result.ts';
import type { Roster } from '#lib/protocol/roster.ts';

/**
 * For what the console does without asking a party, who would notice: the session was open when the
 * request came, and the roster may have changed since.
 * @returns null while the person is in the roster and their grant has not ended.
 */
export function findGrantEnded(
  roster: Roster,
  personId: string,
  now: Date,
): Refused<'grant-ended'> | null {
  const person = roster.people.find(({ id }) => id === personId);
  if (!person) return grantEnded();
  return findGrantEnd({ personEnd: person.notAfter ?? null, keyEnd: null }, now);
}
