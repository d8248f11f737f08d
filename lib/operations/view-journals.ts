import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { journalPage, type JournalView } from '#lib/ledger/queries.ts';
import type { Context } from '#lib/platform/context.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { lineView, numbersOf, vaultNames, type LineView } from './ledger-text.ts';

export type JournalEntryView = Omit<JournalView, 'contentDigest' | 'lines'> & {
  operationNumber: string | null;
  lines: LineView[];
};
export type JournalsView = { journals: JournalEntryView[]; next: string | null };

const journalCursor = z.string().regex(/^[1-9]\d{0,17}$/);

/** Journals with their lines, newest first. @param before cursor of the page of newer ones. */
export async function viewJournals(
  actor: Actor,
  input: { before: string | null },
  context: Context,
): Promise<Result<JournalsView>> {
  const refused = lacksScope(actor, 'ledger:read');
  if (refused) return refused;
  const cursor = journalCursor.safeParse(input.before);
  return inSnapshot(context.db, async (db) => {
    const page = await journalPage(db, {
      limit: 50,
      ...(cursor.success ? { before: cursor.data } : {}),
    });
    const numbers = await numbersOf(
      page.journals.map(({ operation }) => operation),
      db,
    );
    const names = await vaultNames(db);
    return ok({
      journals: page.journals.map(({ contentDigest: _digest, lines, ...journal }) => ({
        ...journal,
        operationNumber: numbers.get(journal.operation ?? '') ?? null,
        lines: lines.map((line) => lineView(line, names)),
      })),
      next: page.next,
    });
  });
}
