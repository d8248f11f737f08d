import type { Result } from '#lib/platform/result.ts';
import { clientAccount, suspenseAccount, vaultAccount } from './accounts.ts';
import { postJournal, type Posted, type PostRefusal, type Statements } from './post-journal.ts';

export type FinalDeposit = {
  chain: string;
  txid: string;
  vault: string;
  /** Null while nobody knows whose it is. */
  client: string | null;
  asset: string;
  /** Smallest unit. */
  amount: bigint;
  at?: Date;
};

/**
 * Books what has arrived in a vault and the chain can't undo any more: to the client, or to
 * suspense for a person to attribute. Opens the accounts where it is their first movement. Once
 * per chain transaction and vault.
 */
export async function creditDeposit(
  tx: Statements,
  deposit: FinalDeposit,
): Promise<Result<Posted, PostRefusal>> {
  const { chain, txid, vault, client, asset, amount, at = new Date() } = deposit;
  const owed = client === null ? suspenseAccount(asset) : clientAccount(client, asset);
  return postJournal(tx, {
    key: `deposit:${chain}:${txid}:${vault}`,
    kind: 'deposit',
    operation: null,
    usesHold: false,
    lines: [
      { account: vaultAccount(vault, asset), amount },
      { account: owed, amount: -amount },
    ],
    corrects: null,
    at,
  });
}
