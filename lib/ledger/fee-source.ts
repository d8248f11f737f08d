/** Who bears the network fee of an operation that moves coins, and what is held for it. Pure. */
import {
  clientAccount,
  feePayerAccount,
  networkFeesAccount,
  ownInVaultAccount,
  vaultAccount,
} from './accounts.ts';
import type { JournalLine } from './post-journal.ts';

/**
 * Where the network took its fee from, and so who bears it:
 * - `fee-payer`: the custodian's fee account, where a chain lets another account pay;
 * - `own-in-vault`: the custodian's own account within the vault that sends;
 * - a client: the client's own account within that vault.
 */
export type FeeSource = 'fee-payer' | 'own-in-vault' | { client: string };

/** What an intent says about it (`feeBearer`, and `owner` of a transfer between vaults). */
export type FeeTerms = { feeBearer?: string | undefined; owner?: string | null | undefined };

/**
 * @returns where the fee comes from: a client whom the intent names as bearer; the custodian's own account in the
 *   vault where that is the one that moves (`owner` null); the fee account otherwise.
 */
export function feeSourceOf({ feeBearer = 'custodian', owner }: FeeTerms): FeeSource {
  if (feeBearer !== 'custodian') return { client: feeBearer };
  return owner === null ? 'own-in-vault' : 'fee-payer';
}

/** What the network took, in the smallest unit of `feeAsset`. */
export type PaidFee = {
  fee: bigint;
  /** The chain's fee asset, where it is another one than what moves. */
  feeAsset?: string;
  /** Absent: the custodian's fee account. */
  feeFrom?: FeeSource;
};

/**
 * The two lines of a fee that left `vault` or the fee account; none for a fee of zero. A client who bears it is owed
 * less by it, and the vault holds less. The custodian's is an expense of its own.
 */
export function feeLines(
  { fee, feeFrom = 'fee-payer' }: PaidFee,
  { vault, asset }: { vault: string; asset: string },
): JournalLine[] {
  if (fee === 0n) return [];
  if (typeof feeFrom === 'object')
    return [
      { account: clientAccount(feeFrom.client, asset), amount: fee },
      { account: vaultAccount(vault, asset), amount: -fee },
    ];
  const paidBy = feeFrom === 'fee-payer' ? feePayerAccount(asset) : ownInVaultAccount(vault, asset);
  return [
    { account: networkFeesAccount(asset), amount: fee },
    { account: paidBy, amount: -fee },
  ];
}
