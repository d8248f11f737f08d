/**
 * Reads what is known of people, opened: the one door to values, so that nobody reads without saying what for. Whoever
 * calls it has written down that somebody looks.
 */
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { isFieldName, type FieldName, type Origin } from './field-map.ts';
import { consentFault } from './marketing.ts';
import {
  loadStops,
  objectionOn,
  restrictionOn,
  standingRestrictions,
  type Withheld,
} from './restrictions.ts';
import { rolesOf } from './roles-of.ts';
import { openValues } from './sealed-value.ts';
import type { Use } from './uses.ts';

export type HeldValue = {
  field: FieldName;
  version: number;
  /** Null where the key was destroyed, and where it is withheld. */
  value: string | null;
  /** Why it was not read for this use (Art 18, 21 and 7(3) GDPR); null where it was. */
  restricted: Withheld | null;
  origin: Origin;
  /** A code of value-sources.ts. */
  source: string;
  recordedAt: string;
  recordedBy: string;
};

export type Wanted = {
  /** What for; by it is decided what may be read while processing is restricted. */
  use: Use;
  fields?: readonly FieldName[];
  earlierToo?: boolean;
};

/** More than all versions of all fields that a person may have in practice. */
const valuesMax = 2_000;

/**
 * The newest version of each value of a person, in the order of the fields' names. What may not be read for this use
 * comes without its value and says why; it is not opened.
 * @throws DataKeysError where the key service can't be reached, or what is stored was changed.
 */
export async function readValues(
  db: Database | Tx,
  personId: string,
  wanted: Wanted,
): Promise<HeldValue[]> {
  const rows = await db.personValue.findMany({
    where: { personId, ...(wanted.fields && { field: { in: [...wanted.fields] } }) },
    orderBy: [{ field: 'asc' }, { version: 'desc' }],
    take: valuesMax,
    ...(wanted.earlierToo !== true && { distinct: ['field'] }),
  });
  const withheldFor = await withholding(db, personId, wanted.use);
  const known = rows.flatMap((row) =>
    isFieldName(row.field)
      ? [{ ...row, field: row.field, restricted: withheldFor(row.field) }]
      : [],
  );
  const readable = known.filter(({ restricted }) => restricted === null);
  const opened = await openValues(readable);
  const values = new Map(readable.map((row, index) => [row, opened[index] ?? null]));
  return known.map((row) => ({
    field: row.field,
    version: row.version,
    value: values.get(row) ?? null,
    restricted: row.restricted,
    origin: row.origin as Origin,
    source: row.source,
    recordedAt: row.recordedAt.toISOString(),
    recordedBy: row.recordedBy,
  }));
}

/** Says of each field why it may not be read for this use, or null. */
async function withholding(
  db: Database | Tx,
  personId: string,
  use: Use,
): Promise<(field: FieldName) => Withheld | null> {
  const [restrictions, stops, roles] = await Promise.all([
    standingRestrictions(db, personId),
    loadStops(db, personId),
    rolesOf(db, personId),
  ]);
  const unwanted = use === 'marketing' ? await consentFault(db, personId, stops.marketing) : null;
  return (field) =>
    unwanted ?? restrictionOn(restrictions, field, use) ?? objectionOn(stops, field, roles, use);
}
