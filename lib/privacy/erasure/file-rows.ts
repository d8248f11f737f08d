/**
 * Texts that are sealed under the key of their file, as rows: all of them a page at a time, those on record as naming
 * somebody, and those of one file. The database shows those of breaches and holds only while somebody is erased.
 */
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { TextHome } from '../requests/sealed-texts.ts';
import type { FileRow, FileText } from './open-file-texts.ts';
import { requestTexts, requestTextsNaming, textsOfOthersRequest } from './request-rows.ts';

const atOnce = 500;
const pagesMax = 10_000;

type PageAfter<T> = (after: string) => Promise<T[]>;

/** All in which the person may be named, a page at a time, so that what is held of them at once is bounded. */
export const allFileTexts = (db: Database, personId: string): AsyncGenerator<FileRow[]> =>
  pages<FileRow>([
    (after) => db.$queryRaw`
      select home, file::text as file, number, key_id as "keyId", seq, field, commitment, sealed
      from file_texts_while_erasing(${after}, ${atOnce}::int)`,
    (after) => requestTexts(db, personId, { after, most: atOnce }),
  ]);

/** Those that are on record as naming the person, a page at a time; no other is read for it. */
export const fileTextsNaming = (db: Database | Tx, personId: string): AsyncGenerator<FileText[]> =>
  pages<FileText>([
    (after) => db.$queryRaw`
      select home, file::text as file, number, key_id as "keyId", seq, field, commitment, sealed, stays
      from file_texts_naming(${personId}, ${after}, ${atOnce}::int)`,
    (after) => requestTextsNaming(db, personId, { after, most: atOnce }),
  ]);

async function* pages<T extends { commitment: string }>(
  sources: readonly PageAfter<T>[],
): AsyncGenerator<T[]> {
  for (const pageAfter of sources) {
    let after = '';
    for (let page = 0; ; page += 1) {
      if (page === pagesMax)
        throw new Error('There are more texts of files than are looked through.');
      const rows = await pageAfter(after);
      if (rows.length > 0) yield rows;
      if (rows.length < atOnce) break;
      after = rows.at(-1)?.commitment ?? '';
    }
  }
}

/** All texts of a file, under its lock; of a request, what somebody here did not write stays. */
export async function textsOfFile(
  tx: Tx,
  { home, file }: { home: TextHome; file: string },
): Promise<FileText[]> {
  if (home === 'privacy-request') return textsOfOthersRequest(tx, file);
  const rows = await tx.$queryRaw<Omit<FileText, 'home' | 'file'>[]>`
    select number, key_id as "keyId", seq, field, commitment, sealed, stays
    from texts_of_file_while_erasing(${home}, ${file}::uuid)`;
  return rows.map((row) => ({ ...row, home, file }));
}
