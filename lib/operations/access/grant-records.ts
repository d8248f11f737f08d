/** Since when grants stand in the roster and when people used them, from what is on record. */
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { GrantRecords } from './grants.ts';

type Row = { person: string; at: Date };

const byPerson = (rows: readonly Row[]): ReadonlyMap<string, string> =>
  new Map(rows.map(({ person, at }) => [person, at.toISOString()]));

/** A version that took a grant away and gave it back counts from its first time. */
const firstSeen = (db: Database | Tx) => db.$queryRaw<
  { person: string; what: string; of: string; at: Date }[]
>`
  WITH document AS (SELECT adopted_at, document::jsonb AS roster FROM roster_version),
  granted AS (
    SELECT adopted_at, p ->> 'id' AS person, 'roles' AS what,
      (SELECT string_agg(r, ' ' ORDER BY r COLLATE "C") FROM jsonb_array_elements_text(p -> 'roles') r) AS of
    FROM document, jsonb_array_elements(roster -> 'people') p
    UNION ALL
    SELECT adopted_at, p ->> 'id', 'group', p ->> 'group'
    FROM document, jsonb_array_elements(roster -> 'people') p WHERE p ->> 'group' IS NOT NULL
    UNION ALL
    SELECT adopted_at, d ->> 'to', 'delegation', d ->> 'from'
    FROM document, jsonb_array_elements(coalesce(roster -> 'delegations', '[]')) d
    UNION ALL
    SELECT adopted_at, c, 'custodian', b ->> 'id'
    FROM document, jsonb_array_elements(coalesce(roster -> 'backups', '[]')) b,
      jsonb_array_elements_text(b -> 'custodians') c
  )
  SELECT person, what, of, min(adopted_at) AS at FROM granted GROUP BY person, what, of`;

export async function loadGrantRecords(
  db: Database | Tx,
  nameOf: GrantRecords['nameOf'],
): Promise<GrantRecords> {
  // One after the other: inside a transaction they share a connection.
  const first = await firstSeen(db);
  const seen = byPerson(
    await db.$queryRaw<Row[]>`
      SELECT person, max(at) AS at FROM (
        SELECT operator_id AS person, last_seen_at AS at FROM session
        UNION ALL
        SELECT person_id, recorded_at FROM operation_statement
        UNION ALL
        SELECT operator_id, last_used_at FROM credential WHERE last_used_at IS NOT NULL
      ) used GROUP BY person`,
  );
  const decided = byPerson(
    await db.$queryRaw<Row[]>`
      SELECT person_id AS person, max(recorded_at) AS at FROM operation_statement
      WHERE decision IN ('approve', 'cosign') GROUP BY person_id`,
  );
  const since = new Map(
    first.map(({ person, what, of, at }) => [`${person} ${what} ${of}`, at.toISOString()]),
  );
  return {
    since: (person, what, of) => since.get(`${person} ${what} ${of}`) ?? null,
    seen: (person) => seen.get(person) ?? null,
    decided: (person) => decided.get(person) ?? null,
    nameOf,
  };
}
