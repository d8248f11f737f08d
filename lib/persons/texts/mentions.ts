import type { TextTable } from '#lib/audit/sealed-text.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';

/** Tables of texts that are sealed under the key of the file that they belong to, and not each under its own. */
export const fileTextTables = [
  'privacy_breach_text',
  'privacy_hold_text',
  'privacy_request_text',
] as const;
export type FileTextTable = (typeof fileTextTables)[number];

/** Tables whose texts are on record with whom they name. */
export type MentioningTable = TextTable | FileTextTable;

export type Mention = { table: string; commitment: string };

export const isInFile = ({ table }: Mention): boolean =>
  fileTextTables.some((name) => name === table);

/** Texts that name a person, by the table that keeps them and their commitment. */
export async function mentionsOf(db: Database | Tx, personId: string): Promise<Mention[]> {
  const rows = await db.personMention.findMany({
    where: { personId },
    orderBy: [{ ofTable: 'asc' }, { commitment: 'asc' }],
  });
  return rows.map(({ ofTable, commitment }) => ({ table: ofTable, commitment }));
}

/** Takes off the record that these texts name the person. */
export async function forgetMentions(
  db: Database,
  personId: string,
  mentions: readonly Mention[],
): Promise<void> {
  await db.$executeRaw`
    delete from person_mention where person_id = ${personId} and (of_table, commitment) in (
      select * from unnest(${mentions.map(({ table }) => table)}::text[],
        ${mentions.map(({ commitment }) => commitment)}::text[]))`;
}
