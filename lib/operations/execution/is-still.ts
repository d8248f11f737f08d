import type { Tx } from '#lib/platform/db/transaction.ts';
import type { OperationState } from '../states.ts';

/**
 * Whether an operation is in one of these states. Its row is locked then, so that nobody moves it on, holds it or ends
 * it until this transaction ends.
 */
export async function isStill(
  tx: Tx,
  operation: string,
  ...states: readonly OperationState[]
): Promise<boolean> {
  const found = await tx.$queryRaw<object[]>`
    SELECT 1 FROM operation WHERE id = ${operation}::uuid AND state = ANY(${states}) FOR UPDATE`;
  return found.length > 0;
}
