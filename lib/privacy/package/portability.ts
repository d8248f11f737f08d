/** Values that portability hands out: what the person provided, where it rests on consent or contract (GDPR Art 20(1)). */
import { fieldFor, legalBases, type PersonRole } from '#lib/persons/field-map.ts';
import type { HeldValue } from '#lib/persons/read-values.ts';
import { csvOf } from '#lib/platform/csv.ts';
import { shownLines } from '#lib/protocol/free-text.ts';
import { refusalGrounds } from '../requests/life.ts';
import type { LeftOut, PortabilityPackage } from './package-schema.ts';

const portableBases: ReadonlySet<string> = new Set(['consent', 'contract']);

/** Why a value goes in; null where it does not. Pure. */
export const isPortable = (
  { field, origin }: Pick<HeldValue, 'field' | 'origin'>,
  roles: readonly PersonRole[],
) => origin === 'provided' && portableBases.has(fieldFor(field, roles).basis);

/** The newest version of each field that may go. @param values any versions. */
export function portableValues(
  values: readonly HeldValue[],
  roles: readonly PersonRole[],
): PortabilityPackage['values'] {
  const newest = new Map<string, HeldValue>();
  for (const value of values) {
    const known = newest.get(value.field);
    if (!known || known.version < value.version) newest.set(value.field, value);
  }
  return [...newest.values()]
    .filter((held) => isPortable(held, roles))
    .map(({ field, value, recordedAt }) => ({
      field,
      label: fieldFor(field, roles).label,
      value: shownLines(value ?? ''),
      recordedAt,
      legalBasis: legalBases[fieldFor(field, roles).basis],
    }));
}

export const portabilityCsv = (values: PortabilityPackage['values']): string =>
  csvOf([
    ['field', 'label', 'value', 'recorded_at'],
    ...values.map(({ field, label, value, recordedAt }) => [field, label, value, recordedAt]),
  ]);

/** What the person is told of values that portability does not take along; none where it takes all. */
export function notProvided(records: number): LeftOut[] {
  const { name, article } = refusalGrounds['not-provided'];
  const why = `${name} (Article ${article} GDPR)`;
  return records === 0 ? [] : [{ what: 'Other values', records, ground: 'not-provided', why }];
}
