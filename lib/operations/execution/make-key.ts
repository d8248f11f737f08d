/** cosigned → done for a key ceremony: the parties make the key, the console writes the vault down. */
import { addressOf } from '#lib/chains/solana/address.ts';
import { openVaultAccounts } from '#lib/ledger/open-accounts.ts';
import { runKeyCeremony } from '#lib/mpc/client/key-ceremony.ts';
import { assets } from '#lib/chains/assets.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import type { KeyCeremonyIntent } from '#lib/protocol/intent.ts';
import { bundleOf } from '../load-bundle.ts';
import { changeState } from '../change-state.ts';
import type { OperationRow } from '../load-standing.ts';
import { holdRefused } from './hold-refused.ts';
import type { WorkerContext } from './worker-context.ts';

/** @returns false when a party was away; the parties answer the same again after a repeat. */
export async function makeKey(
  row: OperationRow,
  intent: KeyCeremonyIntent,
  context: WorkerContext,
): Promise<boolean> {
  const made = await runKeyCeremony(context.parties, bundleOf(row));
  if (!made.ok) return holdRefused(row, made, context);
  const { publicKey } = made.value;
  const name = await context.db.operationNote.findFirst({
    where: { operationId: row.id, kind: 'reason' },
  });
  const now = context.clock();
  return inTransaction(context.db, async (tx) => {
    const moved = await changeState(tx, { operation: row.id, from: 'cosigned', to: 'done' }, now);
    if (!moved) return false;
    await tx.mpcKey.create({
      data: {
        id: intent.key,
        suite: intent.suite,
        publicKey,
        threshold: intent.threshold,
        parties: intent.parties,
        operationId: row.id,
        createdAt: now,
      },
    });
    await tx.vault.create({
      data: {
        id: intent.vault.id,
        name: name?.text ?? intent.vault.id,
        tier: intent.vault.tier,
        chain: intent.vault.chain,
        keyId: intent.key,
        address: addressOf(new Uint8Array(Buffer.from(publicKey, 'hex'))),
        createdAt: now,
      },
    });
    const held = assets.filter((asset) => asset.chains.includes(intent.vault.chain));
    for (const asset of held)
      await openVaultAccounts(tx, { vault: intent.vault.id, asset: asset.code });
    return true;
  });
}
