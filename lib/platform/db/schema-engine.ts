/**
 * Prisma's schema engine as WebAssembly, so that migrations need no downloaded binary. Loaded by
 * hand because Node can't import a `.wasm` file that wants JavaScript imports.
 */
import { readFile, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  DriverAdapterError,
  type SqlDriverAdapter,
} from '@prisma/driver-adapter-utils';
import pg from 'pg';
import type * as Engine from '@prisma/schema-engine-wasm/schema_engine_bg';

export type SchemaEngine = Engine.SchemaEngine;

const projectFile = (path: string): string =>
  fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const schemaFile = projectFile('prisma/schema.prisma');
const migrationsFolder = projectFile('prisma/migrations');

const connectMs = 10_000;
/** A migration may rewrite a large table; a server that says nothing for longer counts as hung. */
export const migrationMs = 30 * 60_000;

type PrismaPgAdapter = Awaited<ReturnType<PrismaPg['connect']>>;
type WasmModule = typeof Engine & { __wbg_set_wasm(exports: WebAssembly.Exports): void };

let loaded: Promise<WasmModule> | undefined;

async function load(): Promise<WasmModule> {
  const module = (await import('@prisma/schema-engine-wasm/schema_engine_bg')) as WasmModule;
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm');
  const bytes = await readFile(join(dirname(entry), 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, {
    './schema_engine_bg.js': module,
  });
  module.__wbg_set_wasm(instance.exports);
  const start = instance.exports['__wbindgen_start'];
  if (typeof start !== 'function') throw new Error('The schema engine has no entry.');
  start();
  return module;
}

/**
 * The stock adapter cuts a script at every semicolon, which breaks function bodies. The server
 * takes a whole script at once, and then also applies it whole or not at all.
 */
class WholeScriptAdapter extends PrismaPg {
  readonly #opened: SqlDriverAdapter[] = [];

  override async connect(): Promise<PrismaPgAdapter> {
    const adapter = await super.connect();
    this.#opened.push(adapter);
    const driver = adapter.underlyingDriver();
    readSingleBytes(adapter);
    (adapter as SqlDriverAdapter).executeScript = async (script) => {
      try {
        await driver.query(script);
      } catch (error) {
        throw error instanceof pg.DatabaseError ? asDriverError(error) : error;
      }
    };
    return adapter;
  }

  /** The engine leaves its connections open, and with them the lock it took. */
  async close(): Promise<void> {
    await Promise.all(this.#opened.splice(0).map((adapter) => adapter.dispose()));
  }
}

/**
 * The stock adapter does not know `"char"`, the type of many columns of the system catalogue, and
 * refuses to look at any table. Its results pass for arrays of that type, which it knows, on their
 * way through it.
 */
function readSingleBytes(adapter: PrismaPgAdapter): void {
  const driver = adapter.underlyingDriver();
  const query = driver.query.bind(driver) as (...args: unknown[]) => Promise<pg.QueryResult>;
  const patched = async (...args: unknown[]): Promise<pg.QueryResult> => {
    const result = await query(...args);
    for (const field of result.fields ?? [])
      if (field.dataTypeID === charOid) field.dataTypeID = charArrayOid;
    return result;
  };
  driver.query = patched as typeof driver.query;
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (wanted) => {
    const result = await queryRaw(wanted);
    const columnTypes = result.columnTypes.map((type) =>
      type === ColumnTypeEnum.CharacterArray ? ColumnTypeEnum.Character : type,
    );
    return { ...result, columnTypes };
  };
}

const charOid = 18;
const charArrayOid = 1002;

const asDriverError = (error: pg.DatabaseError): DriverAdapterError =>
  new DriverAdapterError({
    kind: 'postgres',
    code: error.code ?? '',
    severity: error.severity ?? '',
    message: error.message,
    detail: error.detail,
    column: error.column,
    hint: error.hint,
  });

/** Runs `work` with an engine connected as the owner in `url`, and frees both afterwards. */
export async function withSchemaEngine<T>(
  url: string,
  work: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  const { SchemaEngine } = await (loaded ??= load());
  const connections = new WholeScriptAdapter({
    connectionString: url,
    application_name: 'countersign migrations',
    connectionTimeoutMillis: connectMs,
    query_timeout: migrationMs,
  });
  const adapter = bindMigrationAwareSqlAdapterFactory(connections);
  const schema = await readFile(schemaFile, 'utf8');
  const engine = await SchemaEngine.new(
    { datamodels: [['schema.prisma', schema]] },
    () => undefined,
    adapter,
  );
  try {
    return await work(engine);
  } finally {
    engine.free();
    await connections.close();
  }
}

export async function schemaContainer(): Promise<Engine.SchemasContainer> {
  return { files: [{ path: 'schema.prisma', content: await readFile(schemaFile, 'utf8') }] };
}

/** The migrations of the project, in the order of their names. */
export async function migrationList(): Promise<Engine.MigrationList> {
  const entries = await readdir(migrationsFolder, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return {
    baseDir: migrationsFolder,
    lockfile: {
      path: 'migration_lock.toml',
      content: await readFile(join(migrationsFolder, 'migration_lock.toml'), 'utf8'),
    },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(folders.sort().map(readMigration)),
  };
}

async function readMigration(folder: string): Promise<Engine.MigrationDirectory> {
  const value = await readFile(join(migrationsFolder, folder, 'migration.sql'), 'utf8');
  return { path: folder, migrationFile: { path: 'migration.sql', content: { tag: 'ok', value } } };
}

export const noFilters: Engine.SchemaFilter = { externalTables: [], externalEnums: [] };
