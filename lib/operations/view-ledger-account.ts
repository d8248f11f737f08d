/** One ledger account with its movements. */
import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { hasCreditBalance } from '#lib/ledger/accounts.ts';
import { accountStatement } from '#lib/ledger/queries.ts';
import type { Context } from '#lib/platform/context.ts';
import { unitsOf } from '#lib/platform/db/units-of.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { amountText, normalBalance, numbersOf } from './ledger-text.ts';

export type LedgerAccountView = {
  account: string;
  kind: string;
  asset: string;
  /** True when more credits than debits is its normal state. */
  isCredit: boolean;
  balance: string;
  /** Only on client accounts. */
  held: string | null;
  available: string | null;
  lines: {
    journal: string;
    line: number;
    kind: string;
    operation: string | null;
    operationNumber: string | null;
    postedAt: string;
    /** What it adds to the balance on the account's normal side; negative takes away. */
    change: string;
    balance: string;
  }[];
  next: string | null;
};

const accountName = z.string().regex(/^[a-z-]{3,20}\/[A-Za-z0-9-]{1,64}\/[A-Z0-9]{2,12}$/);
const lineCursor = z
  .string()
  .regex(/^[1-9]\d{0,17}_\d{1,4}$/)
  .transform((cursor) => cursor.split('_') as [string, string]);

export async function viewLedgerAccount(
  actor: Actor,
  input: { account: string; before: string | null },
  context: Context,
): Promise<Result<LedgerAccountView>> {
  const refused = lacksScope(actor, 'ledger:read');
  if (refused) return refused;
  const name = accountName.safeParse(input.account);
  const row = name.success
    ? await context.db.account.findUnique({ where: { id: name.data } })
    : null;
  if (!row) return refuse('account-unknown', 'There is no such ledger account.');
  const cursor = lineCursor.safeParse(input.before);
  const before = cursor.success
    ? { journal: cursor.data[0], line: Number.parseInt(cursor.data[1], 10) }
    : null;
  const page = await accountStatement(context.db, {
    account: row.id,
    limit: 50,
    ...(before ? { before } : {}),
  });
  const numbers = await numbersOf(
    page.lines.map(({ operation }) => operation),
    context,
  );
  const isCredit = hasCreditBalance(row.kind);
  const balance = normalBalance(row);
  const held = row.kind === 'client' ? unitsOf(row.held) : null;
  return ok({
    account: row.id,
    kind: row.kind,
    asset: row.asset,
    isCredit,
    balance: amountText(balance, row.asset),
    held: held === null ? null : amountText(held, row.asset),
    available: held === null ? null : amountText(balance - held, row.asset),
    lines: page.lines.map((line) => ({
      journal: line.journal,
      line: line.line,
      kind: line.kind,
      operation: line.operation,
      operationNumber: numbers.get(line.operation ?? '') ?? null,
      postedAt: line.postedAt,
      change: amountText(isCredit ? -BigInt(line.amount) : BigInt(line.amount), row.asset),
      balance: amountText(line.balance, row.asset),
    })),
    next: page.next && `${page.next.journal}_${page.next.line}`,
  });
}
