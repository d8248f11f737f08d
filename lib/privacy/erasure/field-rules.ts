/** By which rule each field of somebody is kept, for what the person is here. */
import { fieldFor, isFieldName } from '#lib/persons/field-map.ts';
import type { RetentionRule } from '#lib/persons/retention-rules.ts';
import { rolesOf } from '#lib/persons/roles-of.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';

/** @returns the rule of a field; null for one that the map has no more. */
export async function fieldRules(
  tx: Tx,
  person: string,
): Promise<(field: string) => RetentionRule | null> {
  const roles = await rolesOf(tx, person);
  return (field) => (isFieldName(field) ? fieldFor(field, roles).retention : null);
}
