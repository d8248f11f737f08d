import type { Result } from '#lib/platform/result.ts';
import {
  feePayerAccount,
  networkFeesAccount,
  nonceAccountsAccount,
  ownFundsAccount,
} from './accounts.ts';
import { postJournal, type Posted, type PostRefusal, type Statements } from './post-journal.ts';

/** What one chain transaction did to the custodian's fee account; amounts in the smallest unit. */
export type FeeAccountMovement = {
  chain: string;
  txid: string;
  asset: string;
  /** What the account gained; less than zero when it gave. Not zero. */
  change: bigint;
  /** Network fee that it paid; part of `change`. */
  fee: bigint;
  /** What it put into nonce accounts; part of `change`. It can be had back by closing them. */
  rent: bigint;
  at?: Date;
};

/**
 * Books a movement that no withdrawal carries: what it did not pay for fee and rent came from the
 * custodian's own funds, or went back to them. Once per chain transaction.
 */
export async function postOwnMovement(
  tx: Statements,
  { chain, txid, asset, change, fee, rent, at = new Date() }: FeeAccountMovement,
): Promise<Result<Posted, PostRefusal>> {
  const funds = change + fee + rent;
  const lines = [
    { account: feePayerAccount(asset), amount: change },
    { account: nonceAccountsAccount(asset), amount: rent },
    { account: networkFeesAccount(asset), amount: fee },
    { account: ownFundsAccount(asset), amount: -funds },
  ];
  return postJournal(tx, {
    // Beside a fee alone every movement has this name, whatever kind it is called by.
    key: `${funds === 0n && rent === 0n ? 'network-fee' : 'own-funds'}:${chain}:${txid}`,
    kind: kindOf(funds, rent),
    operation: null,
    usesHold: false,
    lines: lines.filter(({ amount }) => amount !== 0n),
    corrects: null,
    at,
  });
}

/** Coins that came in or went out are named by that, even when nonce accounts got some of them. */
function kindOf(funds: bigint, rent: bigint): 'own-funds' | 'nonce-accounts' | 'network-fee' {
  if (funds !== 0n) return 'own-funds';
  return rent === 0n ? 'network-fee' : 'nonce-accounts';
}
