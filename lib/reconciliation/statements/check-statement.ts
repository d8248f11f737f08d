/** What a statement must be in itself, and for the account it is imported to. Pure. */
import { StatementFault, atLine } from './refusal.ts';
import type { BankStatement } from './statement.ts';

export type ExpectedAccount = { iban: string; currency: string };

/**
 * @param today the last day that a statement may tell of.
 * @throws StatementFault for the first thing that is not so, in the order of what matters.
 */
export function checkStatement(
  statement: BankStatement,
  expected: ExpectedAccount,
  today: string,
): void {
  checkAccount(statement, expected);
  checkPeriod(statement, today);
  checkOrder(statement);
  checkReferences(statement);
  checkBalances(statement);
}

function checkAccount(statement: BankStatement, expected: ExpectedAccount): void {
  if (statement.iban !== expected.iban)
    throw new StatementFault(
      'wrong-account',
      atLine(statement.lines.account),
      'The statement is of another account than this one.',
    );
  if (statement.currency !== expected.currency)
    throw new StatementFault(
      'wrong-currency',
      atLine(statement.lines.opening),
      `The statement is in another currency than the account’s ${expected.currency}.`,
    );
}

function checkPeriod({ from, to, lines }: BankStatement, today: string): void {
  if (from > to)
    throw new StatementFault(
      'period-malformed',
      atLine(lines.opening),
      'The statement ends before the day on which it begins.',
    );
  if (to > today)
    throw new StatementFault(
      'in-the-future',
      atLine(lines.closing),
      'The statement tells of days that have not come yet.',
    );
}

function checkOrder({ from, to, entries }: BankStatement): void {
  let latest = from;
  for (const { bookingDate, line } of entries) {
    if (bookingDate < from || bookingDate > to)
      throw new StatementFault(
        'outside-period',
        atLine(line),
        `The entry was booked outside the statement’s days, ${from} to ${to}.`,
      );
    if (bookingDate < latest)
      throw new StatementFault(
        'out-of-order',
        atLine(line),
        'The entry was booked before the one above it. Entries must be in the order of booking.',
      );
    latest = bookingDate;
  }
}

function checkReferences({ entries }: BankStatement): void {
  const lineOf = new Map<string, number>();
  for (const { reference, line } of entries) {
    const earlier = lineOf.get(reference);
    if (earlier !== undefined)
      throw new StatementFault(
        'reference-repeated',
        atLine(line),
        `The entry has the same reference of the bank as the one on line ${earlier}.`,
      );
    lineOf.set(reference, line);
  }
}

function checkBalances({ opening, closing, entries, lines }: BankStatement): void {
  const reached = entries.reduce((sum, { amount }) => sum + amount, opening);
  if (reached !== closing)
    throw new StatementFault(
      'balance-differs',
      atLine(lines.closing),
      'The opening balance and the entries do not add up to the closing balance.',
    );
}
