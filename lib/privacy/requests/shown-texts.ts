/** Texts of requests, holds and breaches as a page shows them: one that does not open takes none of the others with it. */
import { unopened } from '#lib/audit/sealed-text.ts';
import { publishAll, unopenedTopic } from '#lib/platform/db/notify.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { log } from '#lib/platform/log.ts';
import { brokenRequestText, openEachText } from './open-each-text.ts';
import type { TextHome } from './sealed-texts.ts';

/** What stands for a text of a breach or a hold, which the worker may open for no look of its own. */
export const notOpening = 'This text does not open. Tell whoever runs this installation.';

/** Rows that one reading tells of. */
const toldAtOnce = 100;

/**
 * Opens texts to be read, in order; null for one that was erased. Nothing that is written back may come from here.
 * @throws DataKeysError where the key service can't be reached.
 */
export async function openShownTexts<
  T extends { seq: number; field: string; sealed: Uint8Array | null },
>(
  db: Pick<Tx, '$executeRaw'>,
  id: string,
  rows: readonly T[],
  home: TextHome = 'privacy-request',
): Promise<(T & { text: string | null })[]> {
  const opened = await openEachText(id, rows, home);
  const broken = opened.filter(({ isBroken }) => isBroken).slice(0, toldAtOnce);
  if (broken.length > 0) {
    const places = broken.map(({ seq, field }) => `${seq} ${field}`);
    log.error({ home, file: id, places }, 'texts of a file do not open');
    if (home === 'privacy-request') await tell(db, id, broken);
  }
  const words = home === 'privacy-request' ? unopened : notOpening;
  return opened.map(({ isBroken, ...row }) => ({
    ...(row as unknown as T),
    text: isBroken ? words : row.text,
  }));
}

/** The worker looks for itself, and puts them on record. */
const tell = (
  db: Pick<Tx, '$executeRaw'>,
  id: string,
  broken: readonly { seq: number; field: string }[],
): Promise<void> =>
  publishAll(
    db,
    unopenedTopic,
    broken.map(({ seq, field }) => {
      const { table, row } = brokenRequestText(id, seq, field);
      return `${table}/${row}`;
    }),
  );
