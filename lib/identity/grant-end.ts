/** Until when the roster in force grants something to a person, and to the key they use. */
import { Prisma } from '#lib/platform/db/generated/client.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';

/** ISO instants; null for a grant without an end, and for whoever is in no roster. */
export type GrantEnds = { personEnd: string | null; keyEnd: string | null };

/**
 * Rows `entry`: the people of the newest roster on record, for a join; none where it gives nobody an
 * end, which is cheaper to see than to parse a roster of 200 people at each request.
 */
export const peopleInForce = Prisma.sql`
  (select jsonb_array_elements(newest.document::jsonb -> 'people') as entry
   from (select document from roster_version order by version desc limit 1) newest
   where newest.document ~ '"notAfter"[[:space:]]*:[[:space:]]*"')`;

export const grantEnded = (): Refused<'grant-ended'> =>
  refuse(
    'grant-ended',
    'The roster in force grants you nothing any more. An administrator can raise a change of it.',
  );

const keyEnded = (): Refused<'grant-ended'> =>
  refuse(
    'grant-ended',
    'The roster in force grants this key nothing any more. Sign in with another one, or ask an administrator for a change of it.',
  );

/** Pure; parties count a key by the same rule. @returns null while neither grant has ended. */
export function findGrantEnd(
  { personEnd, keyEnd }: GrantEnds,
  now: Date,
): Refused<'grant-ended'> | null {
  const isOver = (end: string | null): boolean => end !== null && Date.parse(end) <= now.getTime();
  if (isOver(personEnd)) return grantEnded();
  return isOver(keyEnd) ? keyEnded() : null;
}

/** For who signs in; a session looks at the same with the query that finds it. */
export async function loadGrantEnds(
  db: Database | Tx,
  { operatorId, credentialId }: { operatorId: string; credentialId: string },
): Promise<GrantEnds> {
  const [row] = await db.$queryRaw<GrantEnds[]>`
    select entry ->> 'notAfter' as "personEnd",
      (select key ->> 'notAfter' from jsonb_array_elements(entry -> 'credentials') key
       where key ->> 'id' = ${credentialId} limit 1) as "keyEnd"
    from ${peopleInForce} roster
    where entry ->> 'id' = ${operatorId}`;
  return row ?? { personEnd: null, keyEnd: null };
}
