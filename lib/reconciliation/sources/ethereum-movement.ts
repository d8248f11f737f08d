/** What movements on Ethereum did to a vault, in the lines that the books would write. Pure. */
import type { Movement } from '#lib/chains/ethereum/client/movement.ts';

export type MovementLine = {
  /** Hash and place, which together name it for good. */
  ref: string;
  hash: string;
  /** Wei or the token's smallest unit, less than zero for what left. */
  amount: bigint;
};

/**
 * Ether: one line for the amount, none between two accounts of the vault, and one for the fee that one of them paid.
 * @param accounts of the vault, EIP-55.
 */
export const etherLines = (
  movements: readonly Movement[],
  accounts: ReadonlySet<string>,
): MovementLine[] =>
  movements
    .filter(({ token }) => token === null)
    .flatMap(({ hash, from, to, amount, fee }) => [
      { ref: `${hash}:value`, hash, amount: gained({ from, to, amount }, accounts) },
      { ref: `${hash}:fee`, hash, amount: accounts.has(from) ? -fee : 0n },
    ])
    .filter(({ amount }) => amount !== 0n);

/** A token: one line for each event that changed what the vault holds. */
export const tokenLines = (
  movements: readonly Movement[],
  accounts: ReadonlySet<string>,
): MovementLine[] =>
  movements
    .filter(({ token }) => token !== null)
    .map(({ hash, logIndex, ...moved }) => ({
      ref: `${hash}:${logIndex}`,
      hash,
      amount: gained(moved, accounts),
    }))
    .filter(({ amount }) => amount !== 0n);

function gained(
  { from, to, amount }: Pick<Movement, 'from' | 'to' | 'amount'>,
  accounts: ReadonlySet<string>,
): bigint {
  const came = accounts.has(to) ? amount : 0n;
  return accounts.has(from) ? came - amount : came;
}
