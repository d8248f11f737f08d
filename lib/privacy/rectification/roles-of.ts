import type { PersonRole } from '#lib/persons/field-map.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';

const tiesMax = 200;

/** What somebody is to the custodian, each once. */
export async function rolesOfPerson(tx: Tx, personId: string): Promise<PersonRole[]> {
  const [ties, operator] = await Promise.all([
    tx.personTie.findMany({ where: { personId }, select: { role: true }, take: tiesMax }),
    tx.operator.findUnique({ where: { id: personId }, select: { id: true } }),
  ]);
  return [
    ...new Set(ties.map(({ role }) => role as PersonRole)),
    ...(operator ? (['operator'] as const) : []),
  ];
}
