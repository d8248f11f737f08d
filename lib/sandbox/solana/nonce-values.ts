/**
 * Durable nonces as a validator keeps them. A validator (Agave's system program) compares a nonce
 * with the value the *bank's* newest blockhash gives and advances it to that; what the transaction
 * names as its lifetime plays no part. litesvm takes the transaction's own anchor for the bank's
 * blockhash. So values are lent to it that lead to a validator's answer, and set right afterwards.
 */
import { base58 } from '@scure/base';
import { readNonceState } from '#lib/chains/solana/nonce-state.ts';
import type { AccountState } from './accounts.ts';
import { nonceValueAt } from './blockhashes.ts';

/** Where the value stands in a nonce account's data. */
const VALUE_AT = 40;

type Accounts = {
  readAccount(of: string): AccountState | null;
  writeAccount(of: string, state: AccountState | null): void;
};

/** What each nonce account among a transaction's accounts holds, and what litesvm sees instead. */
export type LentValues = ReadonlyMap<string, { own: Uint8Array; lent: Uint8Array }>;

function valueOf(accounts: Accounts, account: string): Uint8Array | null {
  const nonce = readNonceState(accounts.readAccount(account));
  return nonce.state === 'ready' ? base58.decode(nonce.value) : null;
}

/** Leaves anything that is no nonce account as it is. */
export function setNonceValue(accounts: Accounts, account: string, value: Uint8Array): void {
  const state = accounts.readAccount(account);
  if (state === null || readNonceState(state).state !== 'ready') return;
  const data = Uint8Array.from(state.data);
  data.set(value, VALUE_AT);
  accounts.writeAccount(account, { ...state, data });
}

const same = (left: Uint8Array, right: Uint8Array): boolean => Buffer.compare(left, right) === 0;

/**
 * Before a transaction runs. litesvm refuses to advance a nonce that holds what it makes of the
 * transaction's anchor; it is to refuse exactly when the nonce holds the bank's next value.
 * @param next the value a nonce takes in the bank's current slot.
 */
export function lendNonceValues(
  accounts: Accounts,
  transaction: { accounts: readonly string[]; anchor: string },
  next: Uint8Array,
): LentValues {
  const refused = nonceValueAt(transaction.anchor);
  const values = new Map<string, { own: Uint8Array; lent: Uint8Array }>();
  for (const account of transaction.accounts) {
    const own = valueOf(accounts, account);
    if (own === null) continue;
    const inTheWay = same(own, refused) ? new Uint8Array(32) : own;
    const lent = same(own, next) ? refused : inTheWay;
    values.set(account, { own, lent });
    if (lent !== own) setNonceValue(accounts, account, lent);
  }
  return values;
}

/**
 * After it ran: a nonce that it advanced or made holds the bank's next value, any other what it
 * held before.
 */
export function settleNonceValues(
  accounts: Accounts,
  transaction: { accounts: readonly string[] },
  values: LentValues,
  next: Uint8Array,
): void {
  for (const account of transaction.accounts) {
    const now = valueOf(accounts, account);
    if (now === null) continue;
    const before = values.get(account);
    const isUntouched = before !== undefined && same(now, before.lent);
    setNonceValue(accounts, account, isUntouched ? before.own : next);
  }
}
