/** What is known of a person, opened, for those steps of an erasure that look for it elsewhere. Nothing of it is kept. */
import { fieldOf, isFieldName, type FieldName, type FieldShape } from '#lib/persons/field-map.ts';
import { openEachValue } from '#lib/persons/sealed-value.ts';
import type { OwnValue } from '#lib/persons/texts/black-out.ts';
import type { BrokenRow } from '#lib/persons/texts/open-found.ts';

export type SealedRow = { field: string; version: number; sealed: Uint8Array };

const known = <T extends { field: string }>(row: T): (T & { field: FieldName })[] =>
  isFieldName(row.field) ? [{ ...row, field: row.field }] : [];

/**
 * Opens values of a person, each once; those whose key is no more are left out, and those that do not open are told apart:
 * nobody can look for them elsewhere.
 * @throws DataKeysError where the key service can't be reached.
 */
export async function openOwn(
  personId: string,
  rows: readonly SealedRow[],
): Promise<{ own: OwnValue[]; broken: BrokenRow[] }> {
  const places = rows.flatMap(known).map((row) => ({ ...row, personId }));
  const opened = await openEachValue(places);
  const own = new Map<string, OwnValue>();
  const broken: BrokenRow[] = [];
  for (const [index, { field, version }] of places.entries()) {
    const one = opened[index];
    if (one?.state === 'open') own.set(`${field} ${one.value}`, { field, value: one.value });
    else if (one?.state === 'broken')
      broken.push({
        table: 'person_value',
        row: `${personId} ${field} ${version}`,
        fault: 'seal-broken',
      });
  }
  return { own: [...own.values()], broken };
}

/** A value that is shorter, or is a day or a country, stands everywhere by chance. */
const telling: ReadonlySet<FieldShape> = new Set(['name', 'email', 'phone', 'code', 'lines']);
const lengthMin = 5;

/** The values by which somebody can be told from others. */
export const tellingValues = (values: readonly OwnValue[]): string[] =>
  values.flatMap(({ field, value }) =>
    telling.has(fieldOf(field).shape) && value.length >= lengthMin ? [value] : [],
  );
