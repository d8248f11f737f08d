import type { Tx } from '#lib/platform/db/transaction.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';

/** The refusal of somebody who can't be given work; null for one who can, and for nobody. */
export async function findNoAssignee(
  tx: Tx,
  person: string | null,
): Promise<Refused<'person-unknown'> | null> {
  if (person === null) return null;
  const found = await tx.operator.findUnique({ where: { id: person }, select: { status: true } });
  return found?.status === 'active'
    ? null
    : refuse('person-unknown', 'Choose somebody who has access to the console.');
}
