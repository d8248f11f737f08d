import { noEntryText, shownEntryTexts, type EntryText } from '#lib/ledger/bank/entry-text.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { amountText } from '#lib/operations/ledger-text.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Prisma } from '#lib/platform/db/generated/client.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import { unitsOf } from '#lib/platform/db/units-of.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { shownText } from '#lib/protocol/free-text.ts';
import { shownIban } from '../statements/iban.ts';
import { dayText } from './days.ts';
import { statementNumber } from './view-bank-account.ts';

export type EntryRow = {
  position: number;
  /** Of the file that it came in. */
  line: number;
  bookingDay: string;
  valueDay: string | null;
  amount: string;
  /** Null for what stood on the account before its first statement. */
  reference: string | null;
  endToEnd: string | null;
  remittance: string;
  counterparty: string | null;
  isReversal: boolean;
  payments: number;
  /** Null while the worker has not come to it. */
  booking: { journal: string; client: string | null; cause: string } | null;
};

export type BankStatementView = {
  account: { id: string; institution: string; iban: string; currency: string };
  id: string;
  bankId: string;
  sequence: number;
  from: string;
  to: string;
  opening: string;
  closing: string;
  entryCount: number;
  isBooked: boolean;
  format: string;
  fileDigest: string;
  fileBytes: number;
  importedBy: string;
  importedAt: string;
  /** In the bank's order. */
  entries: EntryRow[];
  /** Pass as `after` for the next page; null at the end. */
  next: string | null;
};

const pageSize = 100;

const include = { text: true, booking: true } as const;
type Entry = Prisma.BankEntryGetPayload<{ include: typeof include }>;

/** @param after position of the last entry of the page before; anything else starts at the first. */
export async function viewBankStatement(
  actor: Actor,
  input: { account: string; statement: string; after: string | null },
  context: Context,
): Promise<Result<BankStatementView>> {
  const refused = lacksScope(actor, 'ledger:read');
  if (refused) return refused;
  const id = statementNumber.safeParse(input.statement);
  const after = /^\d{1,5}$/.test(input.after ?? '') ? Number(input.after) : -1;
  const nameOf = await operatorNames(context.db);
  return inSnapshot(context.db, async (db) => {
    const row = id.success
      ? await db.bankStatement.findUnique({
          where: { id: BigInt(id.data), accountId: input.account },
          include: { account: true, booked: { select: { statementId: true } } },
        })
      : null;
    if (!row) return refuse('statement-unknown', 'There is no such statement of this account.');
    const entries = await db.bankEntry.findMany({
      where: { statementId: row.id, position: { gt: after } },
      orderBy: { position: 'asc' },
      take: pageSize + 1,
      include,
    });
    const shown = entries.slice(0, pageSize);
    const kept = shown.map(({ text }) => text).filter((text) => text !== null);
    const said = await shownEntryTexts(db, kept);
    const saidOf = new Map(kept.map(({ position }, index) => [position, said[index]]));
    const { currency, institution, iban } = row.account;
    return ok({
      account: {
        id: row.accountId,
        institution: shownText(institution),
        iban: shownIban(iban),
        currency,
      },
      id: row.id.toString(),
      bankId: row.bankId,
      sequence: row.sequence,
      from: dayText(row.fromDay),
      to: dayText(row.toDay),
      opening: amountText(unitsOf(row.opening), currency),
      closing: amountText(unitsOf(row.closing), currency),
      entryCount: row.entryCount,
      isBooked: row.booked !== null,
      format: row.format,
      fileDigest: row.fileDigest,
      fileBytes: row.fileBytes,
      importedBy: nameOf(row.importedBy),
      importedAt: row.importedAt.toISOString(),
      entries: shown.map((entry) =>
        entryRow(entry, saidOf.get(entry.position) ?? noEntryText, currency),
      ),
      next: entries.length > pageSize ? String(shown.at(-1)?.position ?? '') : null,
    });
  });
}

function entryRow(
  { booking, ...entry }: Entry,
  { counterparty, endToEnd, remittance }: EntryText,
  currency: string,
): EntryRow {
  return {
    position: entry.position,
    line: entry.line,
    bookingDay: dayText(entry.bookingDay),
    valueDay: entry.valueDay && dayText(entry.valueDay),
    amount: amountText(unitsOf(entry.amount), currency),
    reference: entry.reference,
    endToEnd: endToEnd === null ? null : shownText(endToEnd),
    remittance: shownText(remittance),
    counterparty: counterparty === null ? null : shownIban(counterparty),
    isReversal: entry.isReversal,
    payments: entry.payments,
    booking: booking && {
      journal: booking.journalId.toString(),
      client: booking.clientId,
      cause: booking.cause,
    },
  };
}
