/** What screens say of an account at a credit institution. */
import { bankAccount } from '#lib/ledger/accounts.ts';
import { amountText, normalBalance } from '#lib/operations/ledger-text.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Prisma } from '#lib/platform/db/generated/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { unitsOf } from '#lib/platform/db/units-of.ts';
import { shownText } from '#lib/protocol/free-text.ts';
import { shownIban } from '../statements/iban.ts';
import { dayText } from './days.ts';

export type BankAccountFacts = {
  id: string;
  institution: string;
  bic: string;
  /** In groups of four. */
  iban: string;
  currency: string;
  /** Whether it can be told apart from accounts of the custodian's own money. */
  segregated: boolean;
  openedOn: string;
  /** The closing balance of the last statement; null before the first. */
  bankBalance: string | null;
  /** What the books say; equal to the bank's once everything imported is booked. */
  ledgerBalance: string;
  isEqual: boolean;
  last: { id: string; sequence: number; to: string; importedAt: string } | null;
  /** Whole days since the last day that the bank told of; null before the first statement. */
  ageDays: number | null;
  /** Imported statements that are not booked whole yet. */
  waiting: number;
};

type Row = Prisma.BankAccountGetPayload<object>;

const DAY_MS = 86_400_000;

export async function factsOfAccount(
  db: Database | Tx,
  row: Row,
  now: Date,
): Promise<BankAccountFacts> {
  const last = await db.bankStatement.findFirst({
    where: { accountId: row.id },
    orderBy: { id: 'desc' },
  });
  const account = await db.account.findUnique({
    where: { id: bankAccount(row.id, row.currency) },
  });
  const waiting = await db.bankStatement.count({ where: { accountId: row.id, booked: null } });
  const inBooks = account ? normalBalance(account) : 0n;
  const atBank = last ? unitsOf(last.closing) : null;
  return {
    id: row.id,
    institution: shownText(row.institution),
    bic: row.bic,
    iban: shownIban(row.iban),
    currency: row.currency,
    segregated: row.segregated,
    openedOn: dayText(row.openedOn),
    bankBalance: atBank === null ? null : amountText(atBank, row.currency),
    ledgerBalance: amountText(inBooks, row.currency),
    isEqual: inBooks === (atBank ?? 0n),
    last: last && {
      id: last.id.toString(),
      sequence: last.sequence,
      to: dayText(last.toDay),
      importedAt: last.importedAt.toISOString(),
    },
    ageDays: last && Math.max(Math.floor((now.getTime() - last.toDay.getTime()) / DAY_MS), 0),
    waiting,
  };
}
