/** Which durable nonce account an operation is tied to: one at a time has it. */
import type { Tx } from '#lib/platform/db/transaction.ts';
import { isStill } from '../is-still.ts';

/**
 * Takes a free nonce account of the vault for this operation, or the one it has already. Nothing for
 * one that people ended, or whose time ran out, meanwhile: the row's lock keeps them apart.
 */
export async function leaseNonceAccount(
  tx: Tx,
  vault: string,
  operation: string,
): Promise<string | null> {
  if (!(await isStill(tx, operation, 'cosigned'))) return null;
  const held = await tx.nonceAccount.findUnique({ where: { operationId: operation } });
  if (held) return held.address;
  const [free] = await tx.$queryRaw<{ address: string }[]>`
    SELECT address FROM nonce_account
    WHERE vault_id = ${vault} AND operation_id IS NULL
    ORDER BY address LIMIT 1 FOR UPDATE SKIP LOCKED`;
  if (!free) return null;
  await tx.nonceAccount.update({
    where: { address: free.address },
    data: { operationId: operation },
  });
  return free.address;
}

/** Whether the operation has this nonce account. */
export async function hasNonceAccount(
  tx: Tx,
  operation: string,
  [address]: readonly string[],
): Promise<boolean> {
  const held = await tx.nonceAccount.findUnique({ where: { operationId: operation } });
  return held !== null && held.address === address;
}

/** Gives a nonce account back once its operation can't have a transaction any more. */
export async function releaseNonceAccount(tx: Tx, operation: string): Promise<void> {
  await tx.nonceAccount.updateMany({
    where: { operationId: operation },
    data: { operationId: null },
  });
}
