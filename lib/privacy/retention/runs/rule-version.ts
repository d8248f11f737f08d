/** A rule as it is now, by its digest: what was approved holds for exactly this, and a changed rule is approved anew. */
import { contentDigest } from '#lib/audit/content-digest.ts';
import { fieldFor, fieldNames, fields, type FieldName } from '#lib/persons/field-map.ts';
import { supersededBy } from '#lib/persons/superseded.ts';
import { categoryOf, type RunCode } from '../schedule.ts';

/** Fields of the vault that are kept by a rule; none where it is about files. */
export const fieldsKeptBy = (code: RunCode): FieldName[] =>
  code === 'corrected-values'
    ? fieldNames.filter((field) =>
        fields[field].roles.every((role) => !supersededBy(fieldFor(field, [role])).stays),
      )
    : fieldsOfRule(code);

const fieldsOfRule = (code: Exclude<RunCode, 'corrected-values'>): FieldName[] =>
  code === 'employment' || code === 'staff-contact'
    ? fieldNames.filter(
        (field) =>
          (fields[field].roles as readonly string[]).includes('operator') &&
          fieldFor(field, ['operator']).retention === code,
      )
    : fieldNames.filter((field) => fields[field].retention === code);

/** Lower-case hex SHA-256. What is only worded otherwise is the same rule. */
export function ruleVersion(code: RunCode): string {
  const { period, law, action, trigger } = categoryOf(code);
  return contentDigest({ code, period, law, action, trigger, fields: fieldsKeptBy(code) });
}
