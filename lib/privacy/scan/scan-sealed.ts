/** Opens what is sealed in the database and looks through it: what opens can be read, whoever asks for it. */
import type pg from 'pg';
import type { DataKeys } from '#lib/platform/data-keys/data-keys.ts';
import { valuesIn, type Needle } from './needles.ts';
import type { Places } from './place.ts';
import type { SealedColumn } from './sealed-columns.ts';

/** Parts of files are up to a mebibyte each. */
const BATCH = 50;
/** What the key service opens in one go, with room for how it is written on the way. */
const BYTES_AT_ONCE = 6 * 1024 * 1024;

export type SealedCount = { opened: number; shredded: number };

/** @throws DataKeysError where the key service can't be reached: then nothing was said about what is sealed. */
export async function scanSealed(
  client: pg.Client,
  columns: readonly SealedColumn[],
  options: {
    keys: Pick<DataKeys, 'open'>;
    needles: readonly Needle[];
    places: Places;
    signal: AbortSignal;
    report: (line: string) => void;
  },
): Promise<SealedCount> {
  const count = { opened: 0, shredded: 0 };
  for (const column of columns) {
    await client.query('begin read only');
    try {
      await client.query(`declare sealed no scroll cursor for ${column.sql}`);
      for (;;) {
        options.signal.throwIfAborted();
        const { rows } = await client.query<SealedRow>(`fetch ${BATCH} from sealed`);
        if (rows.length === 0) break;
        for (const some of bySize(rows)) await lookAtBatch(some, column, count, options);
        options.report(`${column.table}: ${count.opened} sealed values opened`);
      }
    } finally {
      await client.query('rollback');
    }
  }
  return count;
}

type SealedRow = { place: string; context: string; sealed: Buffer };

/** Rows in groups that can be opened at once; one that is larger than that stands alone. */
function bySize(rows: readonly SealedRow[]): SealedRow[][] {
  const groups: SealedRow[][] = [];
  let bytes = Infinity;
  for (const row of rows) {
    if (bytes + row.sealed.length > BYTES_AT_ONCE) {
      groups.push([]);
      bytes = 0;
    }
    groups.at(-1)?.push(row);
    bytes += row.sealed.length;
  }
  return groups;
}

async function lookAtBatch(
  rows: readonly SealedRow[],
  { table, column }: SealedColumn,
  count: SealedCount,
  {
    keys,
    needles,
    places,
  }: { keys: Pick<DataKeys, 'open'>; needles: readonly Needle[]; places: Places },
): Promise<void> {
  const opened = await keys.open(rows.map(({ context, sealed }) => ({ context, sealed })));
  for (const [index, one] of opened.entries()) {
    if (one.state === 'shredded') {
      count.shredded += 1;
      continue;
    }
    count.opened += 1;
    const values = valuesIn(needles, one.plain);
    if (values.length > 0)
      places.add({
        sort: 'sealed',
        where: `${table}.${column}`,
        row: rows[index]?.place ?? null,
        values,
      });
  }
}
