import type { Result } from '#lib/platform/result.ts';
import { clientAccount, feePayerAccount, networkFeesAccount, vaultAccount } from './accounts.ts';
import {
  postJournal,
  type JournalLine,
  type Posted,
  type PostRefusal,
  type Statements,
} from './post-journal.ts';

export type ConfirmedWithdrawal = {
  operation: string;
  client: string;
  vault: string;
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
 * Books a withdrawal that the chain has confirmed and uses up its hold: the client is owed less,
 * the vault holds less, and the network fee is the custodian's own expense.
 */
export async function postWithdrawal(
  tx: Statements,
  withdrawal: ConfirmedWithdrawal,
): Promise<Result<Posted, PostRefusal>> {
  const {
    operation,
    client,
    vault,
    asset,
    amount,
    fee,
    feeAsset = asset,
    at = new Date(),
  } = withdrawal;
  const lines: JournalLine[] = [
    { account: clientAccount(client, asset), amount },
    { account: vaultAccount(vault, asset), amount: -amount },
  ];
  if (fee !== 0n)
    lines.push(
      { account: networkFeesAccount(feeAsset), amount: fee },
      { account: feePayerAccount(feeAsset), amount: -fee },
    );
  return postJournal(tx, {
    key: `withdrawal:${operation}`,
    kind: 'withdrawal',
    operation,
    usesHold: true,
    lines,
    corrects: null,
    at,
  });
}
