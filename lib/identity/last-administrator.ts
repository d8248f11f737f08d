import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';

/** Administrators who can sign in: active, with a key that counts. */
const canAdminister = {
  status: 'active',
  roles: { has: 'administrator' },
  credentials: { some: { status: 'active' } },
};

/** Whether nobody could administer people any more without this person. */
export async function isLastAdministrator(db: Database | Tx, personId: string): Promise<boolean> {
  const able = await db.operator.findMany({
    where: canAdminister,
    orderBy: { id: 'asc' },
    take: 2,
    select: { id: true },
  });
  return able.length === 1 && able[0]?.id === personId;
}

/**
 * Makes the rest of the transaction alone in judging who administers, so that two administrators
 * who end each other's access at the same moment can't both count on the other.
 */
export async function lockAdministrators(tx: Tx): Promise<void> {
  await tx.$queryRaw`
    select 1 from operator where 'administrator' = any(roles) order by id for no key update`;
}

/** It is allowed, but never by oversight: whoever does it says that they know. */
export const refuseUnknowing = (): Refused<'last-administrator'> =>
  refuse(
    'last-administrator',
    'This is the last administrator. Without one nobody can invite people. Confirm that you know, or have another administrator admitted first.',
  );
