/** Since when grants stand in the roster and when people used them, from what is on record. */
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { decision } from '#lib/protocol/statement.ts';
import type { GrantRecords } from './grants.ts';

/** Versions that are read for when a grant stood first; one that is older counts from the oldest of them. */
const versionsMax = 200;

/** A version that took a grant away and gave it back counts from its first time. */
const firstSeen = (db: Database | Tx) => db.$queryRaw<
  { person: string; what: string; of: string; at: Date }[]
>`
  WITH document AS (
    SELECT adopted_at, document::jsonb AS roster FROM roster_version
    ORDER BY version DESC LIMIT ${versionsMax}),
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

/** What each did last, found by one look into an index for each person, decision and key. */
const lastUses = (db: Database | Tx, people: readonly string[]) => db.$queryRaw<
  { person: string; seen: Date | null; decided: Date | null }[]
>`
  SELECT p.person, greatest(s.at, k.at, d.stated) AS seen, d.decided
  FROM unnest(${people}::text[]) AS p(person)
  LEFT JOIN LATERAL (
    SELECT last_seen_at AS at FROM session WHERE operator_id = p.person
    ORDER BY last_seen_at DESC LIMIT 1) s ON true
  CROSS JOIN LATERAL (
    SELECT max(last_used_at) AS at FROM credential WHERE operator_id = p.person) k
  CROSS JOIN LATERAL (
    SELECT max(newest.at) AS stated,
      max(newest.at) FILTER (WHERE said.decision IN ('approve', 'cosign')) AS decided
    FROM unnest(${decision.options}::text[]) AS said(decision)
    CROSS JOIN LATERAL (
      SELECT recorded_at AS at FROM operation_statement
      WHERE person_id = p.person AND decision = said.decision
      ORDER BY recorded_at DESC LIMIT 1) newest) d`;

/** @param people whose records are wanted: ids of the roster in force. */
export async function loadGrantRecords(
  db: Database | Tx,
  people: readonly string[],
  nameOf: GrantRecords['nameOf'],
): Promise<GrantRecords> {
  // One after the other: inside a transaction they share a connection.
  const first = await firstSeen(db);
  const uses = new Map((await lastUses(db, people)).map((row) => [row.person, row]));
  const since = new Map(
    first.map(({ person, what, of, at }) => [`${person} ${what} ${of}`, at.toISOString()]),
  );
  return {
    since: (person, what, of) => since.get(`${person} ${what} ${of}`) ?? null,
    seen: (person) => uses.get(person)?.seen?.toISOString() ?? null,
    decided: (person) => uses.get(person)?.decided?.toISOString() ?? null,
    nameOf,
  };
}
