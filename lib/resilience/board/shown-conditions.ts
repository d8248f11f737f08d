import { readTexts } from '#lib/audit/sealed-text.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { ConditionsTable } from './board-statement.ts';

type Row = { commitment: string | null; redacted: string | null; sealed: Uint8Array | null };

/** Conditions to be shown, in order: null for a decision without any, `(erased)` where they were erased. */
export async function shownConditions(
  db: Pick<Tx, '$executeRaw'>,
  table: ConditionsTable,
  rows: readonly Row[],
): Promise<(string | null)[]> {
  const texts = await readTexts(
    db,
    table,
    rows.map(({ commitment, redacted, sealed }) => ({
      commitment: commitment ?? '',
      redacted,
      sealed,
    })),
  );
  return rows.map(({ commitment }, index) =>
    commitment === null ? null : (texts[index] ?? '(erased)'),
  );
}
