import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { fieldNames, fieldOf, type SearchKind } from './field-map.ts';
import { stands } from './stands.ts';
import { ruleOf, type Use } from './uses.ts';

/**
 * Ids of people with this keyed hash, out of the primary index. What was corrected finds nobody any more, and whose data
 * are restricted is found only for what goes on all the same.
 * @param most how many are wanted.
 * @returns the ids, and how many more may not be shown for this use.
 */
export async function findByHash(
  db: Database | Tx,
  { kind, hash }: { kind: SearchKind; hash: Uint8Array },
  use: Use,
  most: number,
): Promise<{ found: string[]; restricted: number }> {
  const { ground } = ruleOf(use);
  const named = fieldNames.filter((name) => fieldOf(name).search === kind);
  const rows = await db.$queryRaw<{ id: string; isRestricted: boolean }[]>`
    select h.person_id as id, exists (select from person_restriction r
        where r.person_id = h.person_id and ${stands}
          and (cardinality(r.fields) = 0 or r.fields && ${named}::text[])
          and not coalesce(${ground}::text = any (r.allows), false)) as "isRestricted"
      from person_hash h
      where h.kind = ${kind} and h.hash = ${hash} and h.retired_at is null
      order by h.person_id limit ${most}`;
  return {
    found: rows.flatMap(({ id, isRestricted }) => (isRestricted ? [] : [id])),
    restricted: rows.filter(({ isRestricted }) => isRestricted).length,
  };
}
