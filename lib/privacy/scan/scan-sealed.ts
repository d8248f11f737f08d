/** Opens what is sealed in the database and looks through it: what opens can be read, whoever asks for it. */
import type pg from 'pg';
import type { DataKeys } from '#lib/platform/data-keys/data-keys.ts';
import { valuesIn, type Needle } from './needles.ts';
import type { Places } from './place.ts';
import type { SealedColumn } from './sealed-columns.ts';

const BATCH = 1_000;

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
        const { rows } = await client.query<{ place: string; context: string; sealed: Buffer }>(
          `fetch ${BATCH} from sealed`,
        );
        if (rows.length === 0) break;
        await lookAtBatch(rows, column, count, options);
        options.report(`${column.table}: ${count.opened} sealed values opened`);
      }
    } finally {
      await client.query('rollback');
    }
  }
  return count;
}

async function lookAtBatch(
  rows: readonly { place: string; context: string; sealed: Buffer }[],
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
