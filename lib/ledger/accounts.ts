/**
 * Names of ledger accounts: kind, owner and asset. The name says everything about an account, and
 * the database refuses one whose columns say otherwise.
 */

/** What clients are owed: a liability, credit balance. */
export const clientAccount = (client: string, asset: string): string => `client/${client}/${asset}`;
/** What lies in a vault for clients: an asset, debit balance. */
export const vaultAccount = (vault: string, asset: string): string => `vault/${vault}/${asset}`;
/** Clients' money in an account at a credit institution: an asset, debit balance. */
export const bankAccount = (account: string, asset: string): string => `bank/${account}/${asset}`;
/** What has left one place and not arrived at the other yet, by the place it left: an asset. */
export const inTransitAccount = (from: string, asset: string): string =>
  `in-transit/${from}/${asset}`;
/** What arrived and nobody knows whose it is, by the cause: a liability, credit balance. */
export const suspenseAccount = (asset: string, cause = 'deposits'): string =>
  `suspense/${cause}/${asset}`;
/**
 * What went out of a bank account and nobody knows why yet: neither owed to anybody nor held for anybody,
 * debit balance. Clients' money is short by it until own money makes it good or it is known whose it was.
 */
export const missingAccount = (asset: string): string => `missing/bank/${asset}`;
/**
 * What a deposit had brought that its chain took away again, as far as it was spent by then: the client owes it, and
 * until it is made good clients' coins are short by it. Debit balance. Under "deposits" where nobody had been credited.
 */
export const missingOf = (client: string | null, asset: string): string =>
  `missing/${client ?? 'deposits'}/${asset}`;
/** The custodian's own coins that pay network fees: an asset, debit balance. */
export const feePayerAccount = (asset: string): string => `own-asset/fee-payer/${asset}`;
/**
 * The custodian's own coins in its own account within a vault, which pay network fees there: an asset, debit balance.
 * The name begins so that no vault's is one of the purposes beside it.
 */
export const ownInVaultAccount = (vault: string, asset: string): string =>
  `own-asset/vault-${vault}/${asset}`;
/** The custodian's own coins that nonce accounts hold as rent: an asset, debit balance. */
export const nonceAccountsAccount = (asset: string): string => `own-asset/nonce-accounts/${asset}`;
/** Network fees the custodian has paid: an expense, debit balance. */
export const networkFeesAccount = (asset: string): string => `own-expense/network-fees/${asset}`;
/** Fees the custodian has earned: income, credit balance. */
export const feeIncomeAccount = (asset: string): string => `own-income/fees/${asset}`;
/** Where the custodian's own coins came from: equity, credit balance. */
export const ownFundsAccount = (asset: string): string => `own-equity/own-funds/${asset}`;

export type AccountKind =
  | 'client'
  | 'vault'
  | 'bank'
  | 'in-transit'
  | 'suspense'
  | 'missing'
  | 'own-asset'
  | 'own-income'
  | 'own-expense'
  | 'own-equity';

const creditKinds: ReadonlySet<string> = new Set([
  'client',
  'suspense',
  'own-income',
  'own-equity',
]);

/** Whether more credits than debits is the normal balance of this kind of account. */
export const hasCreditBalance = (kind: string): boolean => creditKinds.has(kind);
