/** Which requests wait for a person, by what they may do and whom the law keeps apart. */
import type { Actor } from '#lib/identity/actor.ts';
import { Prisma } from '#lib/platform/db/generated/client.ts';

/**
 * A condition on `privacy_request_standing s`. What waits for the person who asks (an answer to a question) waits for
 * nobody here; who proposed a decision does not approve it.
 */
export function waitingFor({ scopes, roles, personId }: Actor): Prisma.Sql {
  const isDpo = roles.includes('dpo');
  const any: Prisma.Sql[] = [];
  if (scopes.has('privacy:work'))
    any.push(
      Prisma.sql`s.state in ('received', 'collecting', 'approved', 'fulfilled', 'partly-refused', 'refused', 'notified')`,
    );
  if (isDpo) any.push(Prisma.sql`s.state = 'review'`);
  if (scopes.has('privacy:decide') && !isDpo) any.push(Prisma.sql`s.state = 'opinion'`);
  if (scopes.has('privacy:approve') && !isDpo)
    any.push(Prisma.sql`s.state = 'proposed' and exists (select from privacy_request_event e
      where e.request_id = s.request_id and e.seq = s.proposal and e.actor <> ${personId})`);
  return any.length === 0 ? Prisma.sql`false` : Prisma.sql`(${Prisma.join(any, ' or ')})`;
}
