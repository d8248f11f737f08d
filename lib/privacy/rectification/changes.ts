/** What is to be corrected: fields with the values that they get, as people write them and as they wait sealed. Pure. */
import {
  fieldFor,
  fieldNames,
  fieldOf,
  isFieldName,
  type FieldName,
  type PersonRole,
} from '#lib/persons/field-map.ts';
import { consentUnproved } from '#lib/persons/consent-ways.ts';
import { readValue } from '#lib/persons/value-form.ts';
import type { Values } from '#lib/persons/write-person.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';

/** Fields that may be corrected so for somebody of these roles; of what they may not know nothing is said. */
export const correctable = (roles: readonly PersonRole[]): FieldName[] =>
  fieldNames.filter((name) => {
    const field = fieldFor(name, roles);
    return (
      field.withheld === undefined &&
      (roles.length === 0 || field.roles.some((role) => roles.includes(role)))
    );
  });

/** Values of a form as they are kept, or why not; empty fields are left as they are. */
export function readChanges(
  given: Readonly<Record<string, string>>,
  roles: readonly PersonRole[],
  now: Date,
): { ok: true; values: Values } | Refused<'form-invalid'> {
  const values: Partial<Record<FieldName, string>> = {};
  const known = correctable(roles);
  for (const [name, text] of Object.entries(given)) {
    if (text.trim() === '') continue;
    if (!isFieldName(name) || !known.includes(name))
      return refuse('form-invalid', 'There is no such field for this person.');
    const reading = readValue(name, text, now);
    if (!reading.ok) return refuse('form-invalid', reading.sentence);
    values[name] = reading.text;
  }
  if (values['marketing-consent'] === 'yes') return consentUnproved();
  return Object.keys(values).length === 0
    ? refuse('form-invalid', 'Write at least one value as it should be.')
    : { ok: true, values };
}

export const fieldsOf = (values: Values): FieldName[] =>
  fieldNames.filter((name) => values[name] !== undefined);

/** The changes as one text, the same for the same changes. */
export const changesText = (values: Values): string =>
  JSON.stringify(Object.fromEntries(fieldsOf(values).map((name) => [name, values[name]])));

/** @throws for a text that no changes were written as: it was written past this program. */
export function readChangesText(text: string): Values {
  const read: unknown = JSON.parse(text);
  if (typeof read !== 'object' || read === null) throw new Error('These are no changes.');
  const values: Partial<Record<FieldName, string>> = {};
  for (const [name, value] of Object.entries(read)) {
    if (!isFieldName(name) || typeof value !== 'string') throw new Error('These are no changes.');
    values[name] = value;
  }
  return values;
}

export const labelsOf = (names: readonly string[]): string[] =>
  fieldNames.filter((name) => names.includes(name)).map((name) => fieldOf(name).label);
