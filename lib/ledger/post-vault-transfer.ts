import type { Result } from '#lib/platform/result.ts';
import { feePayerAccount, networkFeesAccount, vaultAccount } from './accounts.ts';
import {
  postJournal,
  type JournalLine,
  type Posted,
  type PostRefusal,
  type Statements,
} from './post-journal.ts';

export type ConfirmedTransfer = {
  operation: string;
  /** Vaults by their id. */
  from: string;
  to: string;
  asset: string;
  /** Smallest unit of `asset`. */
  amount: bigint;
  /** What the network took from the custodian's fee account, in the smallest unit of `feeAsset`. */
  fee: bigint;
  /** The chain's fee asset, where it is another one. */
  feeAsset?: string;
  at?: Date;
};

/**
 * Books a transfer between vaults that the chain has confirmed: one journal, because one transaction
 * took it from the one and gave it to the other, and both histories name that transaction. The fee is
 * the custodian's own expense, and no client is owed anything else.
 */
export async function postVaultTransfer(
  tx: Statements,
  { operation, from, to, asset, amount, fee, feeAsset = asset, at = new Date() }: ConfirmedTransfer,
): Promise<Result<Posted, PostRefusal>> {
  const lines: JournalLine[] = [
    { account: vaultAccount(to, asset), amount },
    { account: vaultAccount(from, asset), amount: -amount },
  ];
  if (fee !== 0n)
    lines.push(
      { account: networkFeesAccount(feeAsset), amount: fee },
      { account: feePayerAccount(feeAsset), amount: -fee },
    );
  return postJournal(tx, {
    key: `vault-transfer:${operation}`,
    kind: 'vault-transfer',
    operation,
    usesHold: false,
    lines,
    corrects: null,
    at,
  });
}
