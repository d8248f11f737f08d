import type { Result } from '#lib/platform/result.ts';
import { feePayerAccount, ownFundsAccount } from './accounts.ts';
import { postJournal, type Posted, type PostRefusal, type Statements } from './post-journal.ts';

/** Coins put into the custodian's own fee account, named by the chain transaction that did it. */
export type OwnMovement = {
  chain: string;
  txid: string;
  asset: string;
  /** Smallest unit, more than zero. */
  amount: bigint;
  at?: Date;
};

/** Books coins that the custodian put into its fee account. Clients' assets are never touched. */
export async function postOwnFunds(
  tx: Statements,
  { chain, txid, asset, amount, at = new Date() }: OwnMovement,
): Promise<Result<Posted, PostRefusal>> {
  return postJournal(tx, {
    key: `own-funds:${chain}:${txid}`,
    kind: 'own-funds',
    operation: null,
    usesHold: false,
    lines: [
      { account: feePayerAccount(asset), amount },
      { account: ownFundsAccount(asset), amount: -amount },
    ],
    corrects: null,
    at,
  });
}
