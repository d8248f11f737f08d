/** Reads out of a transaction what it did to the balance of one address. */
import type { TransactionAnswer } from './rpc-answers.ts';
import { SolanaRpcError } from './rpc-error.ts';

export type Movement = {
  transactionId: string;
  slot: bigint;
  /** What the address gained, in lamports; less than zero when it gave. */
  change: bigint;
  /** Network fee, where the address paid it; zero otherwise. Part of `change`. */
  fee: bigint;
  /** Other accounts that came to be in this transaction, with what they hold. */
  opened: { address: string; lamports: bigint }[];
};

type Executed = NonNullable<TransactionAnswer>;

/**
 * A failed transaction moves its fee, so it is read like any other.
 * @throws SolanaRpcError when balances and accounts don't fit together.
 */
export function readMovement(
  { meta, transaction }: Executed,
  account: string,
  entry: { signature: string; slot: bigint },
): Movement {
  const keys = [
    ...transaction.message.accountKeys,
    ...(meta.loadedAddresses?.writable ?? []),
    ...(meta.loadedAddresses?.readonly ?? []),
  ];
  const { preBalances: before, postBalances: after } = meta;
  const index = keys.indexOf(account);
  const had = before[index];
  const has = after[index];
  // Nothing but the fee leaves the accounts of a transaction.
  const fee = sum(before) - sum(after);
  if (
    keys.length !== before.length ||
    keys.length !== after.length ||
    had === undefined ||
    has === undefined ||
    fee < 0n
  )
    throw new SolanaRpcError('rpc-bad-answer', 'getTransaction', 'balances and accounts disagree');
  return {
    transactionId: entry.signature,
    slot: entry.slot,
    change: has - had,
    // The first account of a message is the one that pays.
    fee: index === 0 ? fee : 0n,
    opened: keys.flatMap((address, place) => {
      const lamports = after[place] ?? 0n;
      const isNew = place !== index && before[place] === 0n && lamports > 0n;
      return isNew ? [{ address, lamports }] : [];
    }),
  };
}

const sum = (amounts: readonly bigint[]): bigint =>
  amounts.reduce((total, amount) => total + amount, 0n);
