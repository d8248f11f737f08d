/** By which rule each field of somebody is kept, for what the person is here. */
import { fieldFor, isFieldName, type PersonRole } from '#lib/persons/field-map.ts';
import type { RetentionRule } from '#lib/persons/retention-rules.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';

/** @returns the rule of a field; null for one that the map has no more. */
export async function fieldRules(
  tx: Tx,
  person: string,
): Promise<(field: string) => RetentionRule | null> {
  const [ties, operator] = await Promise.all([
    tx.personTie.findMany({
      where: { personId: person },
      distinct: ['role'],
      select: { role: true },
    }),
    tx.operator.findUnique({ where: { id: person }, select: { id: true } }),
  ]);
  const roles: PersonRole[] = [
    ...ties.map(({ role }) => role as PersonRole),
    ...(operator ? (['operator'] as const) : []),
  ];
  return (field) => (isFieldName(field) ? fieldFor(field, roles).retention : null);
}
