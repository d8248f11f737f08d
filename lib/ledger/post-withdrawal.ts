import type { Result } from '#lib/platform/result.ts';
import { clientAccount, vaultAccount } from './accounts.ts';
import { feeLines, type PaidFee } from './fee-source.ts';
import { postJournal, type Posted, type PostRefusal, type Statements } from './post-journal.ts';

export type ConfirmedWithdrawal = PaidFee & {
  operation: string;
  client: string;
  vault: string;
  asset: string;
  /** Smallest unit of `asset`. */
  amount: bigint;
  at?: Date;
};

/**
 * Books a withdrawal that the chain has confirmed and uses up its holds: the client is owed less, the
 * vault holds less. The network fee is the custodian's own expense, or lowers what this client is owed and
 * what lies in the vault; what the network did not take of its bound is free again.
 */
export async function postWithdrawal(
  tx: Statements,
  withdrawal: ConfirmedWithdrawal,
): Promise<Result<Posted, PostRefusal>> {
  const { operation, client, vault, asset, amount, feeAsset = asset, at = new Date() } = withdrawal;
  return postJournal(tx, {
    key: `withdrawal:${operation}`,
    kind: 'withdrawal',
    operation,
    usesHold: true,
    lines: [
      { account: clientAccount(client, asset), amount },
      { account: vaultAccount(vault, asset), amount: -amount },
      ...feeLines(withdrawal, { vault, asset: feeAsset }),
    ],
    corrects: null,
    at,
  });
}
