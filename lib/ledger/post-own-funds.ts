import type { Result } from '#lib/platform/result.ts';
import { feePayerAccount, networkFeesAccount, ownFundsAccount } from './accounts.ts';
import { postJournal, type Posted, type PostRefusal, type Statements } from './post-journal.ts';

/** A movement of the custodian's own fee account, named by the chain transaction that made it. */
export type OwnMovement = {
  chain: string;
  txid: string;
  asset: string;
  /** Smallest unit, more than zero. */
  amount: bigint;
  operation?: string;
  at?: Date;
};

/** Books coins that the custodian put into its fee account. Clients' assets are never touched. */
export async function postOwnFunds(
  tx: Statements,
  movement: OwnMovement,
): Promise<Result<Posted, PostRefusal>> {
  return postOwn(
    tx,
    'own-funds',
    movement,
    feePayerAccount(movement.asset),
    ownFundsAccount(movement.asset),
  );
}

/** Books a network fee that no withdrawal carries: of a transaction that failed, or of keeping house. */
export async function postNetworkFee(
  tx: Statements,
  movement: OwnMovement,
): Promise<Result<Posted, PostRefusal>> {
  return postOwn(
    tx,
    'network-fee',
    movement,
    networkFeesAccount(movement.asset),
    feePayerAccount(movement.asset),
  );
}

async function postOwn(
  tx: Statements,
  kind: 'own-funds' | 'network-fee',
  { chain, txid, amount, operation, at = new Date() }: OwnMovement,
  debit: string,
  credit: string,
): Promise<Result<Posted, PostRefusal>> {
  return postJournal(tx, {
    key: `${kind}:${chain}:${txid}`,
    kind,
    operation: operation ?? null,
    usesHold: false,
    lines: [
      { account: debit, amount },
      { account: credit, amount: -amount },
    ],
    corrects: null,
    at,
  });
}
