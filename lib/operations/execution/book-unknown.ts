/** Books what a vault holds of a token that the registry does not know: to suspense, as it is on the chain. */
import { appendAudit } from '#lib/audit/append-entry.ts';
import { postUnknownAsset } from '#lib/ledger/post-unknown-asset.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import type { WorkerContext } from './worker-context.ts';

/**
 * @param found.change smallest unit, not zero. @param found.mint the token's address, as far as it is told.
 * @param found.slot final slot or height at which it was read.
 */
export async function bookUnknown(
  vault: { id: string; chain: string },
  found: { asset: string; change: bigint; mint: string | null; slot: bigint },
  { db, clock }: Pick<WorkerContext, 'db' | 'clock'>,
): Promise<void> {
  const { asset, change, mint, slot } = found;
  const at = clock();
  await inTransaction(db, async (tx) => {
    const posted = await postUnknownAsset(tx, {
      chain: vault.chain,
      vault: vault.id,
      asset,
      change,
      slot,
      at,
    });
    if (!posted.ok) throw new Error(`Booking ${asset} was refused: ${posted.refusal.code}`);
    await appendAudit(tx, {
      kind: 'unknown-asset-booked',
      subject: vault.id,
      actor: 'worker',
      at,
      facts: { asset, token: mint, change: change.toString(), slot: slot.toString() },
    });
    await publish(tx, { topic: 'ledger', id: vault.id });
  });
}
