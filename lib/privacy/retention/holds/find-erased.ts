/**
 * What a hold on a person comes too late for. Until values go, a hold stops their erasure; from then on they open with no
 * key that stays, and a hold would look as if it kept them.
 */
import { dayOf } from '#lib/platform/days.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';

/** Steps from that on which takes values out, until it is proved that their key is gone. */
const pastReturn = ['removed', 'looked', 'shredded'];

/** To be asked under the lock of legal holds, which whoever takes values out waits for. */
export async function findErased(
  tx: Tx,
  people: readonly string[],
): Promise<Refused<'erased' | 'erasure-under-way'> | null> {
  const underWay = await tx.personErasure.findFirst({
    where: { personId: { in: [...people] }, state: { in: pastReturn } },
    orderBy: { personId: 'asc' },
    select: { personId: true, scope: true, removedAt: true },
  });
  if (underWay) {
    const { personId, scope, removedAt } = underWay;
    const day = removedAt === null ? '' : ` on ${dayOf(removedAt)}`;
    return refuse(
      'erasure-under-way',
      scope === 'whole'
        ? `${personId} is being erased: what was known of them was taken out${day} and their key is being destroyed, so a hold comes too late for it.`
        : `Part of what was known of ${personId} was taken out${day} by an erasure, and its key is being destroyed, so a hold comes too late for that part. Open the hold again when the erasure is proved: it keeps the rest.`,
    );
  }
  const erased = await tx.person.findFirst({
    where: { id: { in: [...people] }, erasedAt: { not: null } },
    orderBy: { id: 'asc' },
    select: { id: true, erasedAt: true },
  });
  if (!erased?.erasedAt) return null;
  return refuse(
    'erased',
    `${erased.id} was erased on ${dayOf(erased.erasedAt)}: their key is destroyed, so a hold would keep nothing of them. Take them out of the hold.`,
  );
}
