/**
 * A party's own database: one process, one file, every commit on disk before it is answered.
 */
import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  DatabaseSync,
  type SQLInputValue,
  type SQLOutputValue,
  type StatementSync,
} from 'node:sqlite';
import { schema, SCHEMA_VERSION, upgrades } from './schema.ts';

export type Row = Record<string, SQLOutputValue>;

export type Database = {
  /** First row or null. */
  one(sql: string, ...values: SQLInputValue[]): Row | null;
  all(sql: string, ...values: SQLInputValue[]): Row[];
  /** @returns how many rows changed. */
  run(sql: string, ...values: SQLInputValue[]): number;
  /** Runs the function as one durable commit; nested calls join the outer one. */
  commit<T>(work: () => T): T;
  /** May be called again. */
  close(): void;
};

/** Thrown at the start only; the message is for the person who starts the party. */
export class StoreError extends Error {
  override name = 'StoreError';
}

const versionOf = (file: DatabaseSync): unknown =>
  file.prepare('pragma user_version').get()?.['user_version'];

function openFile(path: string): DatabaseSync {
  const isNew = !existsSync(path);
  const file = new DatabaseSync(path, { enableForeignKeyConstraints: true });
  try {
    // Exclusive: a second process on the same folder must fail instead of answering beside this one.
    file.exec('pragma locking_mode = exclusive');
    file.exec('pragma journal_mode = wal');
    file.exec('pragma synchronous = full');
    file.exec('pragma secure_delete = on');
    file.exec('pragma trusted_schema = off');
    file.exec('begin immediate');
    if (isNew) {
      file.exec(schema);
      file.exec(`pragma user_version = ${SCHEMA_VERSION}`);
    } else
      for (const { from, sql } of upgrades)
        if (versionOf(file) === from) {
          file.exec(sql);
          file.exec(`pragma user_version = ${from + 1}`);
        }
    file.exec('commit');
  } catch (error) {
    file.close();
    if (error instanceof Error && /locked|busy/u.test(error.message))
      throw new StoreError('Another process has this data folder open. Stop it first.');
    throw error;
  }
  chmodSync(path, 0o600);
  if (versionOf(file) !== SCHEMA_VERSION) {
    file.close();
    throw new StoreError(
      'The data folder was made by another version of the party. Start that version; a sandbox can be emptied with npm run reset.',
    );
  }
  return file;
}

/** @throws StoreError when the folder is in use or of another version. */
export function openDatabase(dataFolder: string): Database {
  const file = openFile(join(dataFolder, 'party.db'));
  const prepared = new Map<string, StatementSync>();
  let depth = 0;
  const statement = (sql: string): StatementSync => {
    const known = prepared.get(sql);
    if (known) return known;
    const fresh = file.prepare(sql);
    prepared.set(sql, fresh);
    return fresh;
  };
  return {
    one: (sql, ...values) => statement(sql).get(...values) ?? null,
    all: (sql, ...values) => statement(sql).all(...values),
    run: (sql, ...values) => Number(statement(sql).run(...values).changes),
    commit(work) {
      if (depth > 0) return work();
      depth += 1;
      file.exec('begin immediate');
      try {
        const result = work();
        file.exec('commit');
        return result;
      } catch (error) {
        if (file.isTransaction) file.exec('rollback');
        throw error;
      } finally {
        depth -= 1;
      }
    },
    close: () => {
      if (file.isOpen) file.close();
    },
  };
}

/** @throws when the column is missing or of another type: the schema is strict, so that is a bug. */
export function textOf(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new Error(`Column ${column} holds no text.`);
  return value;
}

export function textOrNull(row: Row, column: string): string | null {
  return row[column] === null ? null : textOf(row, column);
}

export function integerOf(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw new Error(`Column ${column} holds no number.`);
  return value;
}

export function bytesOf(row: Row, column: string): Uint8Array {
  const value = row[column];
  if (!(value instanceof Uint8Array)) throw new Error(`Column ${column} holds no bytes.`);
  return value;
}
