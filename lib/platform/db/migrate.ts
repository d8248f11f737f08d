/** Applies the migrations of `prisma/migrations`, and tells whether they still say what the schema says. */
import { withClient } from './owner-client.ts';
import {
  migrationList,
  migrationMs,
  noFilters,
  schemaContainer,
  withSchemaEngine,
} from './schema-engine.ts';

/** Any constant: two programs that migrate the same database meet at it. */
const advisoryLock = 7_305_801_123_417;

/**
 * Brings the database to the newest migration; a second call finds nothing to do. Two callers at
 * once take turns.
 * @param ownerUrl connection of the role that owns the schema.
 * @throws Error with the engine's message when a migration fails or was edited after it ran, and
 * when the database has migrations that are not here.
 */
export async function migrate(ownerUrl: string): Promise<{ applied: string[] }> {
  return withClient(ownerUrl, { name: 'migrations', answerMs: migrationMs }, async (lock) => {
    await lock.query('select pg_advisory_lock($1::bigint)', [advisoryLock]);
    const migrationsList = await migrationList();
    return withSchemaEngine(ownerUrl, async (engine) => {
      const diagnosis = await engine.diagnoseMigrationHistory({
        migrationsList,
        optInToShadowDatabase: false,
        filters: noFilters,
      });
      if (diagnosis.editedMigrationNames.length > 0)
        throw new Error(
          `These migrations were changed after they had been applied: ${diagnosis.editedMigrationNames.join(', ')}. Put them back and write a new one.`,
        );
      const { history } = diagnosis;
      if (history && 'unpersistedMigrationNames' in history)
        throw new Error(
          `A newer version of Countersign has changed this database: ${history.unpersistedMigrationNames.join(', ')}. Use that version or a later one, or restore a backup from before.`,
        );
      const { appliedMigrationNames } = await engine.applyMigrations({
        migrationsList,
        filters: noFilters,
      });
      return { applied: appliedMigrationNames };
    });
  });
}

/**
 * What a new migration would have to do to bring a migrated database to `schema.prisma`.
 * @returns SQL; empty when both agree.
 */
export async function schemaDrift(migratedOwnerUrl: string): Promise<string> {
  return diff(migratedOwnerUrl, 'database');
}

/** SQL that makes every table of `schema.prisma` in an empty database. */
export async function schemaSql(anyOwnerUrl: string): Promise<string> {
  return diff(anyOwnerUrl, 'empty');
}

async function diff(url: string, from: 'database' | 'empty'): Promise<string> {
  const schema = await schemaContainer();
  return withSchemaEngine(url, async (engine) => {
    const { stdout } = await engine.diff({
      from:
        from === 'empty' ? { tag: 'empty' } : { tag: 'schemaDatasource', ...schema, configDir: '' },
      to: { tag: 'schemaDatamodel', ...schema },
      script: true,
      exitCode: null,
      filters: noFilters,
    });
    const sql = (stdout ?? '').trim();
    return sql === '-- This is an empty migration.' ? '' : sql;
  });
}
