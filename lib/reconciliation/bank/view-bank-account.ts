import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { amountText } from '#lib/operations/ledger-text.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import { unitsOf } from '#lib/platform/db/units-of.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { statementFormats } from '../statements/read-statement.ts';
import { factsOfAccount, type BankAccountFacts } from './account-facts.ts';
import { dayText } from './days.ts';

export type StatementRow = {
  id: string;
  sequence: number;
  from: string;
  to: string;
  opening: string;
  closing: string;
  entries: number;
  isBooked: boolean;
  importedBy: string;
  importedAt: string;
};

export type BankAccountView = {
  account: BankAccountFacts;
  mayWrite: boolean;
  /** What a file can be, for whoever imports one to say. */
  formats: { value: string; label: string }[];
  /** Newest first. */
  statements: StatementRow[];
  /** Pass as `before` for the next, older page; null at the end. */
  next: string | null;
};

const pageSize = 50;
export const statementNumber = z.string().regex(/^[1-9]\d{0,17}$/);

/** @param before number of the last statement of the page before; anything else starts at the newest. */
export async function viewBankAccount(
  actor: Actor,
  input: { account: string; before: string | null },
  context: Context,
): Promise<Result<BankAccountView>> {
  const refused = lacksScope(actor, 'ledger:read');
  if (refused) return refused;
  const cursor = statementNumber.safeParse(input.before);
  const nameOf = await operatorNames(context.db);
  return inSnapshot(context.db, async (db) => {
    const row = await db.bankAccount.findUnique({ where: { id: input.account } });
    if (!row) return refuse('account-unknown', 'There is no such account at a bank.');
    const rows = await db.bankStatement.findMany({
      where: { accountId: row.id, ...(cursor.success ? { id: { lt: BigInt(cursor.data) } } : {}) },
      orderBy: { id: 'desc' },
      take: pageSize + 1,
      include: { booked: { select: { statementId: true } } },
    });
    const shown = rows.slice(0, pageSize);
    return ok({
      account: await factsOfAccount(db, row, context.clock()),
      mayWrite: actor.scopes.has('bank:write'),
      formats: Object.entries(statementFormats).map(([value, label]) => ({ value, label })),
      statements: shown.map((statement) => ({
        id: statement.id.toString(),
        sequence: statement.sequence,
        from: dayText(statement.fromDay),
        to: dayText(statement.toDay),
        opening: amountText(unitsOf(statement.opening), row.currency),
        closing: amountText(unitsOf(statement.closing), row.currency),
        entries: statement.entryCount,
        isBooked: statement.booked !== null,
        importedBy: nameOf(statement.importedBy),
        importedAt: statement.importedAt.toISOString(),
      })),
      next: rows.length > pageSize ? (shown.at(-1)?.id.toString() ?? null) : null,
    });
  });
}
