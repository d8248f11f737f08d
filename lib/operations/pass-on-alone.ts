import type { Tx } from '#lib/platform/db/transaction.ts';
import type { Allowed } from './ask-policy.ts';

/**
 * What needs nobody else has every statement as soon as it is raised, so that the worker hands it to
 * the parties at once. Joins the transaction of the raise.
 */
export async function passOnAlone(
  tx: Tx,
  operation: string,
  { needs }: Pick<Allowed, 'needs'>,
  now: Date,
): Promise<'raised' | 'cosigned'> {
  if (needs.length > 0) return 'raised';
  await tx.operation.update({
    where: { id: operation },
    data: { state: 'cosigned', revision: { increment: 1 }, stateChangedAt: now },
  });
  return 'cosigned';
}
