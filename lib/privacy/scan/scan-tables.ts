/** Looks through every row of every table, queue and trail included, as the database writes it out. */
import type pg from 'pg';
import { readRows } from '#lib/resilience/drills/read-rows.ts';
import { readTables, settle, type Table } from '#lib/resilience/drills/read-tables.ts';
import { valuesIn, type Needle } from './needles.ts';
import type { Places } from './place.ts';

const NEWLINE = 0x0a;

/** @param client as the owner; it is only read. */
export async function scanTables(
  client: pg.Client,
  options: {
    needles: readonly Needle[];
    places: Places;
    signal: AbortSignal;
    report: (line: string) => void;
  },
): Promise<{ tables: number; rows: number }> {
  await settle(client);
  const tables = await readTables(client);
  let rows = 0;
  for (const [index, table] of tables.entries()) {
    const into = lookAtRows(table, options);
    const digest = await readRows(client, table, { bytewise: false, signal: options.signal, into });
    rows += digest.rows;
    options.report(`${index + 1} of ${tables.length} tables: ${table.name}, ${digest.rows} rows`);
  }
  return { tables: tables.length, rows };
}

/** Takes rows as COPY writes them. A row may be as long as the largest file in it; more than one is never held. */
export function lookAtRows(
  table: Table,
  { needles, places }: { needles: readonly Needle[]; places: Places },
): (chunks: AsyncIterable<Buffer>) => Promise<void> {
  return async (chunks) => {
    let rest: Buffer[] = [];
    for await (const chunk of chunks) {
      let from = 0;
      for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
        rest.push(chunk.subarray(from, at));
        lookAtRow(table, Buffer.concat(rest), { needles, places });
        rest = [];
        from = at + 1;
      }
      if (from < chunk.length) rest.push(Buffer.from(chunk.subarray(from)));
    }
  };
}

function lookAtRow(
  table: Table,
  row: Buffer,
  { needles, places }: { needles: readonly Needle[]; places: Places },
): void {
  if (valuesIn(needles, row).length === 0) return;
  const cells = row.toString('latin1').split('\t');
  const key = table.key
    .map(({ column }) => cells[table.columns.indexOf(column)] ?? '')
    .join(' ')
    .slice(0, 200);
  for (const [index, cell] of cells.entries()) {
    const values = valuesIn(needles, Buffer.from(cell, 'latin1'));
    if (values.length > 0)
      places.add({
        sort: 'table',
        where: `${table.name}.${table.columns[index] ?? '?'}`,
        // A key that holds a value would tell it.
        row: valuesIn(needles, Buffer.from(key, 'latin1')).length > 0 ? null : key,
        values,
      });
  }
}
