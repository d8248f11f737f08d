/** What is known of a person, opened, for those steps of an erasure that look for it elsewhere. Nothing of it is kept. */
import { fieldOf, isFieldName, type FieldName, type FieldShape } from '#lib/persons/field-map.ts';
import { openValues } from '#lib/persons/sealed-value.ts';
import type { OwnValue } from '#lib/persons/texts/black-out.ts';

export type SealedRow = { field: string; version: number; sealed: Uint8Array };

const known = <T extends { field: string }>(row: T): (T & { field: FieldName })[] =>
  isFieldName(row.field) ? [{ ...row, field: row.field }] : [];

/**
 * Opens values of a person, each once; those whose key is no more are left out.
 * @throws DataKeysError where the key service can't be reached, or what is stored was changed.
 */
export async function openOwn(personId: string, rows: readonly SealedRow[]): Promise<OwnValue[]> {
  const places = rows.flatMap(known).map((row) => ({ ...row, personId }));
  const opened = await openValues(places);
  const own = new Map<string, OwnValue>();
  for (const [index, { field }] of places.entries()) {
    const value = opened[index] ?? null;
    if (value !== null) own.set(`${field} ${value}`, { field, value });
  }
  return [...own.values()];
}

/** A value that is shorter, or is a day or a country, stands everywhere by chance. */
const telling: ReadonlySet<FieldShape> = new Set(['name', 'email', 'phone', 'code', 'lines']);
const lengthMin = 5;

/** The values by which somebody can be told from others. */
export const tellingValues = (values: readonly OwnValue[]): string[] =>
  values.flatMap(({ field, value }) =>
    telling.has(fieldOf(field).shape) && value.length >= lengthMin ? [value] : [],
  );
