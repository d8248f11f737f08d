/** A backup of a whole database from one snapshot, while it goes on being written. */
import type pg from 'pg';
import { writeSealed, type SealedFolder } from '../backups/sealed-folder.ts';
import { readRows, type TableDigest } from './read-rows.ts';
import { readSchema } from './read-schema.ts';
import {
  isBytewise,
  readMigrations,
  readSequences,
  readTables,
  settle,
  type Sequence,
  type Table,
} from './read-tables.ts';

export type Backup = {
  /** By the clock of the database. */
  snapshotAt: Date;
  endedAt: Date;
  /** When the newest entry of the audit trail was made that the snapshot holds; null where there is none. */
  newestAt: Date | null;
  /** Of the server, such as `18.4`. */
  version: string;
  /** Of the whole database on the server's disk. */
  databaseBytes: number;
  tables: (Table & TableDigest)[];
  sequences: Sequence[];
  migrations: string[];
  /** What holds over the rows; see read-schema.ts. */
  schema: string[];
};

export type Snapshot = Pick<
  Backup,
  'snapshotAt' | 'newestAt' | 'version' | 'databaseBytes' | 'sequences' | 'migrations' | 'schema'
> & { tables: Table[]; bytewise: boolean };

/**
 * Begins the transaction that everything is read in: repeatable read, so all of it is of one instant, and read only, so
 * it changes nothing. Writers do not wait for it; a migration would, and cleaning up of old rows stays behind it.
 */
export async function openSnapshot(client: pg.Client): Promise<Snapshot> {
  await settle(client);
  await client.query('begin transaction isolation level repeatable read read only');
  const { rows } = await client.query<{
    at: Date;
    newest: Date | null;
    version: string;
    bytes: string;
  }>(
    `select (select max(at) from audit_entry) as newest, clock_timestamp() as at,
       current_setting('server_version') as version, pg_database_size(current_database())::text as bytes`,
  );
  const [found] = rows;
  if (!found) throw new Error('The database gave no answer.');
  return {
    snapshotAt: found.at,
    newestAt: found.newest,
    version: found.version.split(' ')[0] ?? '',
    databaseBytes: Number(found.bytes),
    sequences: await readSequences(client),
    tables: await readTables(client),
    migrations: await readMigrations(client),
    schema: await readSchema(client),
    bytewise: await isBytewise(client),
  };
}

/** Writes each table into a sealed file of `folder`, and ends the snapshot. */
export async function takeBackup(
  client: pg.Client,
  snapshot: Snapshot,
  options: {
    folder: SealedFolder;
    signal: AbortSignal;
    onTable: (done: number, rows: number) => void;
  },
): Promise<Backup> {
  const { folder, signal, onTable } = options;
  const { bytewise, ...rest } = snapshot;
  const tables: Backup['tables'] = [];
  for (const table of snapshot.tables) {
    const into = (copied: AsyncIterable<Buffer>): Promise<void> =>
      writeSealed(folder, table.name, copied);
    const read = await readRows(client, table, { bytewise, signal, into });
    tables.push({ ...table, ...read });
    onTable(tables.length, read.rows);
  }
  const { rows } = await client.query<{ at: Date }>('select clock_timestamp() as at');
  await client.query('commit');
  return { ...rest, tables, endedAt: rows[0]?.at ?? new Date() };
}
