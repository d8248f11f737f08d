/** Opens what is sealed in the database and looks through it: what opens can be read, whoever asks for it. */
import type pg from 'pg';
import type { DataKeys } from '#lib/platform/data-keys/data-keys.ts';
import { openEach } from '#lib/platform/data-keys/open-each.ts';
import { valuesIn, type Needle } from './needles.ts';
import type { Places } from './place.ts';
import type { SealedColumn } from './sealed-columns.ts';

/** Parts of files are up to a mebibyte each. */
const BATCH = 50;

/** Rows that are told apart; what is beyond is counted. */
const BROKEN_MAX = 1_000;

export type SealedCount = {
  opened: number;
  /** Their key is no more: nobody can open them. */
  shredded: number;
  /** What does not open although its key is there, so that nothing is said of it. */
  broken: {
    /** How many, by table. */
    places: { where: string; count: number }[];
    /** The first of them. */
    rows: { table: string; row: string; fault: 'seal-broken' }[];
  };
};

/**
 * One value that was made up or damaged keeps none of the others.
 * @throws DataKeysError where the key service can't be reached: then nothing was said about what is sealed.
 */
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
  const count: SealedCount = { opened: 0, shredded: 0, broken: { places: [], rows: [] } };
  for (const column of columns) {
    await client.query('begin read only');
    try {
      await client.query(`declare sealed no scroll cursor for ${column.sql}`);
      for (;;) {
        options.signal.throwIfAborted();
        const { rows } = await client.query<SealedRow>(`fetch ${BATCH} from sealed`);
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

type SealedRow = { place: string; context: string; sealed: Buffer };

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
  const opened = await openEach(
    keys,
    rows.map(({ context, sealed }) => ({ context, sealed })),
  );
  for (const [index, one] of opened.entries()) {
    const place = rows[index]?.place ?? null;
    if (one.state === 'shredded') count.shredded += 1;
    else if (one.state === 'broken') noteBrokenRow(count, table, place ?? '');
    else {
      count.opened += 1;
      const values = valuesIn(needles, one.plain);
      if (values.length > 0)
        places.add({ sort: 'sealed', where: `${table}.${column}`, row: place, values });
    }
  }
}

function noteBrokenRow({ broken: { places, rows } }: SealedCount, table: string, place: string) {
  const known = places.find(({ where }) => where === table);
  if (known) known.count += 1;
  else places.push({ where: table, count: 1 });
  // A long text stands in several parts; it is on record once.
  const row = place.replace(/ part \d+$/, '');
  if (rows.length < BROKEN_MAX) rows.push({ table, row, fault: 'seal-broken' });
}
