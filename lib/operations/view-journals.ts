import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { journalPage, type JournalView } from '#lib/ledger/queries.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { amountText, numbersOf } from './ledger-text.ts';

export type JournalEntryView = Omit<JournalView, 'contentDigest'> & {
  operationNumber: string | null;
};
export type JournalsView = { journals: JournalEntryView[]; next: string | null };

const journalCursor = z.string().regex(/^[1-9]\d{0,17}$/);

/** Journals with their lines, newest first. Positive amounts are debits, negative ones credits. */
export async function viewJournals(
  actor: Actor,
  input: { before: string | null },
  context: Context,
): Promise<Result<JournalsView>> {
  const refused = lacksScope(actor, 'ledger:read');
  if (refused) return refused;
  const cursor = journalCursor.safeParse(input.before);
  const page = await journalPage(context.db, {
    limit: 50,
    ...(cursor.success ? { before: cursor.data } : {}),
  });
  const numbers = await numbersOf(
    page.journals.map(({ operation }) => operation),
    context,
  );
  return ok({
    journals: page.journals.map(({ contentDigest: _digest, ...journal }) => ({
      ...journal,
      operationNumber: numbers.get(journal.operation ?? '') ?? null,
      lines: journal.lines.map((line) => ({
        ...line,
        amount: amountText(line.amount, line.asset),
      })),
    })),
    next: page.next,
  });
}
