/** Whether what the roster grants somebody has ended. Pure. */
import { refuse, type Refused } from '#lib/platform/result.ts';
import type { Roster } from '#lib/protocol/roster.ts';

/**
 * For what the console does without asking a party: a session outlives the end of a grant, and the
 * parties, who would notice, are not asked.
 * @returns null while the person is in the roster and their grant has not ended.
 */
export function findGrantEnded(
  roster: Roster,
  personId: string,
  now: Date,
): Refused<'grant-ended'> | null {
  const person = roster.people.find(({ id }) => id === personId);
  const isOver = person?.notAfter !== undefined && Date.parse(person.notAfter) <= now.getTime();
  if (person && !isOver) return null;
  return refuse(
    'grant-ended',
    'The roster in force grants you nothing any more. An administrator can raise a change of it.',
  );
}
