/** One entry of a bank's statement as one journal. */
import type { Result } from '#lib/platform/result.ts';
import { bankAccount, clientAccount, missingAccount, suspenseAccount } from '../accounts.ts';
import {
  postJournal,
  type JournalLine,
  type Posted,
  type PostRefusal,
  type Statements,
} from '../post-journal.ts';
import type { Attribution } from './attribute-entry.ts';
import type { TakenBack } from './find-taken-back.ts';

export type BankEntryToBook = {
  account: string;
  asset: string;
  /** The bank's own reference, unique for the account; null for what stood there before the first statement. */
  reference: string | null;
  /** Smallest unit; positive came in. */
  amount: bigint;
  attribution: Attribution;
  /** Of an entry that went out: what it takes back of an earlier one; null where it takes back none. */
  takenBack: TakenBack | null;
  at: Date;
};

/** What names the entry's journal; the database holds bookings to the same words. */
export const bankEntryKey = (account: string, reference: string | null): string =>
  reference === null ? `bank-opening:${account}` : `bank-entry:${account}:${reference}`;

/**
 * Books an entry, once: to the client it is for, or to suspense for a person to attribute. What went out
 * lowers what is owed only as far as it takes back what came in and is nobody's yet; the rest is missing.
 */
export async function bookBankEntry(
  tx: Statements,
  entry: BankEntryToBook,
): Promise<Result<Posted, PostRefusal>> {
  const { account, asset, reference, amount, takenBack, at } = entry;
  return postJournal(tx, {
    key: bankEntryKey(account, reference),
    kind: 'bank-entry',
    operation: null,
    usesHold: false,
    lines: [{ account: bankAccount(account, asset), amount }, ...otherSide(entry)],
    corrects: takenBack?.journal ?? null,
    at,
  });
}

function otherSide({ asset, amount, attribution, takenBack }: BankEntryToBook): JournalLine[] {
  const { client } = attribution;
  if (client !== null) return [{ account: clientAccount(client, asset), amount: -amount }];
  const suspense = suspenseAccount(asset, 'bank');
  if (amount > 0n) return [{ account: suspense, amount: -amount }];
  const left = takenBack?.units ?? 0n;
  const back = left < -amount ? left : -amount;
  return [
    { account: suspense, amount: back },
    { account: missingAccount(asset), amount: -amount - back },
  ].filter((line) => line.amount !== 0n);
}
