import type { Context } from '#lib/platform/context.ts';

/**
 * Credential ids of a person that stand in the newest roster this console has recorded. The parties
 * count these, whatever was ended here.
 */
export async function keysInRoster(
  personId: string,
  { db }: Pick<Context, 'db'>,
): Promise<ReadonlySet<string>> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select c ->> 'id' as id
    from (select document from roster_version order by version desc limit 1) r
    cross join jsonb_array_elements(r.document::jsonb -> 'people') p
    cross join jsonb_array_elements(p -> 'credentials') c
    where p ->> 'id' = ${personId}`;
  return new Set(rows.map(({ id }) => id));
}
