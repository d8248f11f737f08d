/** How a value of a person is sealed: bound to the person, the field and the version that it is. */
import { DataKeysError } from '#lib/platform/data-keys/data-keys.ts';
import { openEach } from '#lib/platform/data-keys/open-each.ts';
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import type { FieldName } from './field-map.ts';

export type ValuePlace = { personId: string; field: FieldName; version: number };

const contextOf = ({ personId, field, version }: ValuePlace): string =>
  `person-value/${personId}/${field}/${version}`;

/**
 * Seals values under the key of their person.
 * @throws DataKeysError where the key service can't be reached or the key is gone; nothing is kept in clear then.
 */
export async function sealValues(
  key: string,
  values: readonly (ValuePlace & { value: string })[],
): Promise<Uint8Array<ArrayBuffer>[]> {
  return dataKeys().seal(
    values.map(({ value, ...place }) => ({
      key,
      context: contextOf(place),
      plain: new TextEncoder().encode(value),
    })),
  );
}

/**
 * Opens values, in order; null for one whose key was destroyed.
 * @throws DataKeysError where the key service can't be reached, or what is stored was changed.
 */
export async function openValues(
  rows: readonly (ValuePlace & { sealed: Uint8Array })[],
): Promise<(string | null)[]> {
  if (rows.length === 0) return [];
  const opened = await dataKeys().open(
    rows.map(({ sealed, ...place }) => ({ context: contextOf(place), sealed })),
  );
  return opened.map((one) =>
    one.state === 'open' ? new TextDecoder('utf-8', { fatal: true }).decode(one.plain) : null,
  );
}

/** A value of a row that may be made up or damaged. */
export type ValueOpened =
  | { state: 'open'; value: string }
  | { state: 'shredded' }
  /** It does not open although its key is there, or it is no text. */
  | { state: 'broken' };

/**
 * The same where one that does not open keeps none of the others.
 * @throws DataKeysError where the key service can't be reached.
 */
export async function openEachValue(
  rows: readonly (ValuePlace & { sealed: Uint8Array })[],
): Promise<ValueOpened[]> {
  const opened = await openEach(
    dataKeys(),
    rows.map(({ sealed, ...place }) => ({ context: contextOf(place), sealed })),
  );
  return opened.map((one) => {
    if (one.state !== 'open') return one;
    try {
      const value = new TextDecoder('utf-8', { fatal: true }).decode(one.plain);
      return { state: 'open', value };
    } catch {
      return { state: 'broken' };
    }
  });
}

/** Whether this is the answer that people's data can't be read at the moment. */
export const isUnavailable = (error: unknown): boolean =>
  error instanceof DataKeysError && error.fault === 'unavailable';
