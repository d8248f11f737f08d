/** Finds texts that name a person without its being on record, such as texts that are older than what is known of them. */
import { textTables, type TextTable } from '#lib/audit/sealed-text.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { namesPerson, type OwnValue } from './black-out.ts';
import { writeMentions } from './keep-texts.ts';
import { brokenOf, openFound, type BrokenRow } from './open-found.ts';
import { textRowsAfter } from './text-rows.ts';

/** Where to go on: a table and the last commitment that was looked at. */
export type TextsSeen = { table: TextTable; after: string };

/** Long texts may have megabytes, so few at a time. */
const AT_ONCE = 100;

/**
 * Opens every sealed text, a batch at a time, and puts those that name the person on record as mentions. It reads all
 * that people wrote, so only an erasure that was decided asks for it, in the worker.
 * @param from where an earlier call stopped; the beginning where it is left out.
 * @param most texts that are opened in one call.
 * @returns where to go on, null when all were looked at; and the rows that could not be read, which are on record.
 * @throws DataKeysError where the key service can't be reached; then nothing is lost, call again from the same place.
 */
export async function findUnmentioned(
  db: Database,
  { personId, values }: { personId: string; values: readonly OwnValue[] },
  { from, most = Infinity }: { from?: TextsSeen | null; most?: number } = {},
): Promise<{ next: TextsSeen | null; broken: BrokenRow[] }> {
  let seen = 0;
  const broken: BrokenRow[] = [];
  const first = from ? textTables.indexOf(from.table) : 0;
  for (const table of textTables.slice(first)) {
    let after = from?.table === table ? from.after : '';
    for (;;) {
      if (seen >= most) return { next: { table, after }, broken };
      const rows = await textRowsAfter(db, table, after, Math.min(AT_ONCE, most - seen));
      const found = await openFound(db, table, rows);
      broken.push(...brokenOf(table, found));
      const named = found.filter(({ words }) => namesPerson(words, values));
      await inTransaction(db, (tx) =>
        writeMentions(
          tx,
          table,
          named.map(({ row: { commitment } }) => ({ commitment, people: [personId] })),
        ),
      );
      seen += rows.length;
      const last = rows.at(-1);
      if (!last) break;
      after = last.commitment;
    }
  }
  return { next: null, broken };
}
