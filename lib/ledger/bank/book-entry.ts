/** One entry of a bank's statement as one journal. */
import type { Result } from '#lib/platform/result.ts';
import { bankAccount, clientAccount, suspenseAccount } from '../accounts.ts';
import { postJournal, type Posted, type PostRefusal, type Statements } from '../post-journal.ts';
import type { Attribution } from './attribute-entry.ts';

export type BankEntryToBook = {
  account: string;
  asset: string;
  /** The bank's own reference, unique for the account; null for what stood there before the first statement. */
  reference: string | null;
  /** Smallest unit; positive came in. */
  amount: bigint;
  attribution: Attribution;
  at: Date;
};

/** What names the entry's journal; the database holds bookings to the same words. */
export const bankEntryKey = (account: string, reference: string | null): string =>
  reference === null ? `bank-opening:${account}` : `bank-entry:${account}:${reference}`;

/** Books an entry, once: to the client it is for, or to suspense for a person to attribute. */
export async function bookBankEntry(
  tx: Statements,
  { account, asset, reference, amount, attribution, at }: BankEntryToBook,
): Promise<Result<Posted, PostRefusal>> {
  const { client } = attribution;
  const owed = client === null ? suspenseAccount(asset, 'bank') : clientAccount(client, asset);
  return postJournal(tx, {
    key: bankEntryKey(account, reference),
    kind: 'bank-entry',
    operation: null,
    usesHold: false,
    lines: [
      { account: bankAccount(account, asset), amount },
      { account: owed, amount: -amount },
    ],
    corrects: null,
    at,
  });
}
