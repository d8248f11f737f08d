/** What a restored database has that the backup does not have, and the other way round. */
import type pg from 'pg';
import { readRows, type TableDigest } from './read-rows.ts';
import { digestOfLines, readSchema } from './read-schema.ts';
import { isBytewise, readSequences, readTables } from './read-tables.ts';
import type { Backup } from './take-backup.ts';

export type Comparison = {
  /** Of the restored database. */
  tables: TableDigest[];
  schemaDigest: string;
  /** Sentences that name the table; none where both are equal. */
  differences: string[];
};

const linesShown = 5;

/** Reads every row of the restored database and compares numbers and digests, table by table. */
export async function compareDatabases(
  client: pg.Client,
  backup: Backup,
  options: { signal: AbortSignal; onTable: (done: number, rows: number) => void },
): Promise<Comparison> {
  const bytewise = await isBytewise(client);
  const tables: TableDigest[] = [];
  const restored = await readTables(client);
  for (const table of restored) {
    const read = await readRows(client, table, { bytewise, signal: options.signal });
    tables.push(read);
    options.onTable(tables.length, read.rows);
  }
  const schema = await readSchema(client);
  return {
    tables,
    schemaDigest: digestOfLines(schema),
    differences: [
      ...compareTables(backup.tables, tables),
      ...compareSequences(backup.sequences, await readSequences(client)),
      ...compareLines(backup.schema, schema),
    ],
  };
}

/** Pure. */
export function compareTables(
  expected: readonly TableDigest[],
  found: readonly TableDigest[],
): string[] {
  const byName = new Map(found.map((table) => [table.name, table]));
  const known = new Set(expected.map(({ name }) => name));
  return [
    ...expected.flatMap((table) => {
      const other = byName.get(table.name);
      if (!other) return [`The table ${table.name} is missing in the restored database.`];
      if (other.rows !== table.rows)
        return [`${table.name} has ${table.rows} rows, and ${other.rows} were restored.`];
      return other.digest === table.digest
        ? []
        : [`${table.name} has as many rows as before, and not the same in them.`];
    }),
    ...found
      .filter(({ name }) => !known.has(name))
      .map(({ name }) => `The restored database has a table ${name} that the live one has not.`),
  ];
}

function compareSequences(expected: Backup['sequences'], found: Backup['sequences']): string[] {
  const byName = new Map(found.map((one) => [one.name, `${one.last} ${one.isCalled}`]));
  return expected
    .filter(({ name, last, isCalled }) => byName.get(name) !== `${last} ${isCalled}`)
    .map(
      ({ name, last }) => `The sequence ${name} stands at ${last}, and elsewhere when restored.`,
    );
}

/** Pure. */
export function compareLines(expected: readonly string[], found: readonly string[]): string[] {
  const there = new Set(found);
  const wanted = new Set(expected);
  const lost = expected.filter((line) => !there.has(line));
  const added = found.filter((line) => !wanted.has(line));
  const cut = (line: string): string => (line.length > 160 ? `${line.slice(0, 160)} …` : line);
  const told = [
    ...lost.map((line) => `Only the live database has: ${cut(line)}`),
    ...added.map((line) => `Only the restored database has: ${cut(line)}`),
  ];
  return told.length > linesShown
    ? [...told.slice(0, linesShown), `${told.length - linesShown} rules more differ.`]
    : told;
}
