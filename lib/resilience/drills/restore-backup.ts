/** Puts a backup into an empty database that has the same schema. */
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { DrillProblem } from './drill-problem.ts';
import { quote, readMigrations, settle, type Table } from './read-tables.ts';
import type { Backup } from './take-backup.ts';
import { readSealed, type SealedFolder } from '../backups/sealed-folder.ts';

/**
 * Copies every table in one transaction, in which triggers are off: guards would refuse rows of the past, and whatever
 * draws rows from others would draw them a second time. Each trigger is put back as it was before the transaction ends.
 * Constraints, unique indexes and bounds hold all along; references are looked at afterwards (check-references.ts).
 * @param client of the restored database's administrator, who may switch the triggers of references.
 * @throws DrillProblem when the database is of another version or holds rows already.
 */
export async function restoreBackup(
  client: pg.Client,
  backup: Backup,
  options: {
    folder: SealedFolder;
    signal: AbortSignal;
    onTable: (done: number, rows: number) => void;
  },
): Promise<void> {
  const { folder, signal, onTable } = options;
  await settle(client);
  await requireSameVersion(client, backup);
  await client.query('begin');
  const triggers = await readTriggers(client);
  let done = 0;
  for (const table of backup.tables) {
    await client.query(`alter table ${quote(table.name)} disable trigger all`);
    await emptyOfMigrations(client, table);
    const columns = table.columns.map(quote).join(', ');
    const into = client.query(copyFrom(`copy ${quote(table.name)} (${columns}) from stdin`));
    await pipeline(readSealed(folder, table.name), into, { signal });
    if (into.rowCount !== table.rows)
      throw new DrillProblem(
        `Of ${table.rows} rows of ${table.name} only ${into.rowCount} were restored.`,
      );
    done += 1;
    onTable(done, table.rows);
  }
  await enableTriggers(client, triggers);
  for (const { name, last, isCalled } of backup.sequences)
    await client.query('select setval($1::regclass, $2::bigint, $3)', [
      quote(name),
      last,
      isCalled,
    ]);
  await client.query('commit');
  await client.query('analyze');
}

async function requireSameVersion(client: pg.Client, { migrations }: Backup): Promise<void> {
  const ours = new Set(await readMigrations(client));
  const theirs = new Set(migrations);
  const other =
    migrations.find((line) => !ours.has(line)) ?? [...ours].find((line) => !theirs.has(line));
  if (other !== undefined)
    throw new DrillProblem(
      `The backup and this program are of different versions: ${other.split(' ')[0]} is not the same in both. Use the version that the backup was taken with.`,
    );
}

/** More than migrations bring along: somebody's database. */
const broughtAtMost = 100;

/** Takes away what the migrations themselves put into a table: the backup has it, as it became. */
async function emptyOfMigrations(client: pg.Client, { name }: Table): Promise<void> {
  const { rowCount } = await client.query(`delete from ${quote(name)}`);
  if ((rowCount ?? 0) > broughtAtMost)
    throw new DrillProblem(`The table ${name} holds rows before the restore began.`);
}

type Trigger = { table: string; name: string; enabled: string };

async function readTriggers(client: pg.Client): Promise<Trigger[]> {
  const { rows } = await client.query<Trigger>(
    `select c.relname as table, t.tgname as name, t.tgenabled::text as enabled
      from pg_trigger t join pg_class c on c.oid = t.tgrelid
      where c.relnamespace = 'public'::regnamespace and not t.tgisinternal`,
  );
  return rows;
}

const modes: Readonly<Record<string, string>> = {
  A: 'enable always trigger',
  R: 'enable replica trigger',
  D: 'disable trigger',
};

async function enableTriggers(client: pg.Client, triggers: readonly Trigger[]): Promise<void> {
  for (const table of new Set(triggers.map((trigger) => trigger.table)))
    await client.query(`alter table ${quote(table)} enable trigger all`);
  const { rows: bare } = await client.query<{ table: string }>(
    `select distinct c.relname as table from pg_trigger t join pg_class c on c.oid = t.tgrelid
      where c.relnamespace = 'public'::regnamespace and t.tgisinternal and t.tgenabled = 'D'`,
  );
  for (const { table } of bare)
    await client.query(`alter table ${quote(table)} enable trigger all`);
  for (const { table, name, enabled } of triggers) {
    const mode = modes[enabled];
    if (mode !== undefined)
      await client.query(`alter table ${quote(table)} ${mode} ${quote(name)}`);
  }
}
