/** Deposits on a chain that can undo them, on the small set of books. */
import { inTransaction } from '#lib/platform/db/transaction.ts';
import type { DepositName } from '../deposits/deposit-name.ts';
import { creditSeen } from '../deposits/credit-seen.ts';
import { reverseDeposit } from '../deposits/reverse-deposit.ts';
import { seeDeposit, type SeenDeposit } from '../deposits/see-deposit.ts';
import { vault, type Books } from './books.ts';

export const chainName = (txid: string, place = '0'): DepositName => ({
  chain: 'bitcoin:sandbox',
  txid,
  vault,
  place,
});

export const arrivalOf = (
  name: DepositName,
  client: string | null,
  amount: bigint,
): SeenDeposit => ({
  ...name,
  client,
  asset: 'BTC',
  amount,
  from: 'somewhere',
  height: 100n,
  blockHash: 'aa',
});

export const see = ({ worker }: Books, seen: SeenDeposit) =>
  inTransaction(worker, (tx) => seeDeposit(tx, seen));
export const credit = ({ worker }: Books, name: DepositName) =>
  inTransaction(worker, (tx) => creditSeen(tx, name));
export const undo = ({ worker }: Books, name: DepositName) =>
  inTransaction(worker, (tx) => reverseDeposit(tx, name));
