/** What names an arrival on a chain, and the keys of its journals. Pure. */

export type DepositName = {
  chain: string;
  txid: string;
  /** The vault it came into, by its id. */
  vault: string;
  /**
   * Where in the transaction, since one may pay a vault several times: the index of a Bitcoin output, the index of an
   * Ethereum log entry, or `value`. Empty where a transaction pays an address once.
   */
  place?: string;
};

/**
 * The key of the journal that books it.
 * @param appearance from 1; a deposit that was reversed and came again is another.
 */
export function depositKey(
  { chain, txid, vault, place = '' }: DepositName,
  appearance = 1,
  kind: 'deposit' | 'deposit-reversal' = 'deposit',
): string {
  const within = place === '' ? '' : `:${place}`;
  const again = appearance === 1 ? '' : `#${appearance}`;
  return `${kind}:${chain}:${txid}:${vault}${within}${again}`;
}
