/** Reads what is known of people, opened. Whoever calls it has written down that somebody looks. */
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { isFieldName, type FieldName, type Origin } from './field-map.ts';
import { openValues } from './sealed-value.ts';

export type HeldValue = {
  field: FieldName;
  version: number;
  /** Null where the key was destroyed. */
  value: string | null;
  origin: Origin;
  recordedAt: string;
  recordedBy: string;
};

/** More than all versions of all fields that a person may have in practice. */
const valuesMax = 2_000;

/**
 * The newest version of each value of a person, in the order of the fields' names.
 * @throws DataKeysError where the key service can't be reached, or what is stored was changed.
 */
export async function readValues(
  db: Database | Tx,
  personId: string,
  wanted: { fields?: readonly FieldName[]; earlierToo?: boolean } = {},
): Promise<HeldValue[]> {
  const rows = await db.personValue.findMany({
    where: { personId, ...(wanted.fields && { field: { in: [...wanted.fields] } }) },
    orderBy: [{ field: 'asc' }, { version: 'desc' }],
    take: valuesMax,
    ...(wanted.earlierToo !== true && { distinct: ['field'] }),
  });
  const known = rows.flatMap((row) =>
    isFieldName(row.field) ? [{ ...row, field: row.field }] : [],
  );
  const opened = await openValues(known);
  return known.map((row, index) => ({
    field: row.field,
    version: row.version,
    value: opened[index] ?? null,
    origin: row.origin as Origin,
    recordedAt: row.recordedAt.toISOString(),
    recordedBy: row.recordedBy,
  }));
}
