/** A session with its person, its key and their grants, in the one query that each request costs. */
import type { Database } from '#lib/platform/db/client.ts';
import { peopleInForce, type GrantEnds } from './grant-end.ts';

export type SessionRow = GrantEnds & {
  id: string;
  revokedAt: Date | null;
  expiresAt: Date;
  lastSeenAt: Date;
  personId: string;
  nameVersion: number | null;
  nameSealed: Uint8Array | null;
  roles: string[];
  group: string | null;
  operatorStatus: string;
  keyStatus: string;
};

/** @returns null for a secret that opens nothing, and for a session whose key is not its person's. */
export async function findSessionRow(
  db: Database,
  tokenHash: Uint8Array,
): Promise<SessionRow | null> {
  const [row] = await db.$queryRaw<SessionRow[]>`
    select s.id::text as id, s.revoked_at as "revokedAt", s.expires_at as "expiresAt",
      s.last_seen_at as "lastSeenAt", o.id as "personId",
      name.version as "nameVersion", name.sealed as "nameSealed",
      o.roles, o."group", o.status as "operatorStatus", k.status as "keyStatus",
      roster.entry ->> 'notAfter' as "personEnd",
      (select key ->> 'notAfter' from jsonb_array_elements(roster.entry -> 'credentials') key
       where key ->> 'id' = k.id limit 1) as "keyEnd"
    from session s
    join operator o on o.id = s.operator_id
    join credential k on k.id = s.credential_id and k.operator_id = o.id
    left join lateral (
      select v.version, v.sealed from person_value v where v.person_id = o.id and v.field = 'full-name'
      order by v.version desc limit 1) name on true
    left join ${peopleInForce} roster on roster.entry ->> 'id' = o.id
    where s.token_hash = ${tokenHash}`;
  return row ?? null;
}
