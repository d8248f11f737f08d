import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';

export type PolicyHead = { version: number; adoptedOn: string; digest: string };

/** The newest version of the custody policy; null before there is one. */
export async function policyInForce(db: Database | Tx): Promise<PolicyHead | null> {
  const row = await db.custodyPolicy.findFirst({
    orderBy: { version: 'desc' },
    select: { version: true, adoptedOn: true, digest: true },
  });
  return row && { ...row, adoptedOn: row.adoptedOn.toISOString().slice(0, 10) };
}
