import type { Result } from '#lib/platform/result.ts';
import { vaultAccount } from './accounts.ts';
import { feeLines, type PaidFee } from './fee-source.ts';
import { postJournal, type Posted, type PostRefusal, type Statements } from './post-journal.ts';

export type ConfirmedTransfer = PaidFee & {
  operation: string;
  /** Vaults by their id. */
  from: string;
  to: string;
  asset: string;
  /** Smallest unit of `asset`. */
  amount: bigint;
  at?: Date;
};

/**
 * Books a transfer between vaults that the chain has confirmed: one journal, because one transaction
 * took it from the one and gave it to the other, and both histories name that transaction. The fee is
 * the custodian's own expense, or taken from the client whose account moved, by the hold for it; no client
 * is owed anything else.
 */
export async function postVaultTransfer(
  tx: Statements,
  transfer: ConfirmedTransfer,
): Promise<Result<Posted, PostRefusal>> {
  const { operation, from, to, asset, amount, feeAsset = asset, at = new Date() } = transfer;
  return postJournal(tx, {
    key: `vault-transfer:${operation}`,
    kind: 'vault-transfer',
    operation,
    usesHold: typeof transfer.feeFrom === 'object',
    lines: [
      { account: vaultAccount(to, asset), amount },
      { account: vaultAccount(from, asset), amount: -amount },
      ...feeLines(transfer, { vault: from, asset: feeAsset }),
    ],
    corrects: null,
    at,
  });
}
