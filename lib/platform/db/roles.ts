/** Gives the database roles their passwords and checks that they can do no more than planned. */
import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import type pg from 'pg';
import { withClient } from './owner-client.ts';

export const webRole = 'countersign_web';
export const workerRole = 'countersign_worker';
/** Of the source of shortfalls: reads what reconciliation found, and nothing else. */
export const booksRole = 'countersign_books';

/** A second wall behind the client's own limits: even a forgotten transaction ends. */
const limits: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  [webRole]: {
    statement_timeout: '15s',
    lock_timeout: '5s',
    idle_in_transaction_session_timeout: '30s',
  },
  [workerRole]: {
    statement_timeout: '60s',
    lock_timeout: '10s',
    idle_in_transaction_session_timeout: '60s',
  },
  [booksRole]: {
    default_transaction_read_only: 'on',
    statement_timeout: '5s',
    lock_timeout: '2s',
    idle_in_transaction_session_timeout: '10s',
  },
};

/**
 * Creates the roles where they are missing, sets their passwords and limits, and lets only them
 * into the database. Works before and after the migrations, and any number of times.
 * @param options.ownsServer true when nobody else uses the database server: then its other databases
 *   are closed to the roles too.
 * @throws Error when a role of that name exists and has powers it must not have.
 */
export async function ensureRoles(
  ownerUrl: string,
  passwords: { webPassword: string; workerPassword: string },
  options: { ownsServer?: boolean } = {},
): Promise<{ webUrl: string; workerUrl: string }> {
  await withClient(ownerUrl, { name: 'roles' }, async (client) => {
    await ensureRole(client, webRole, passwords.webPassword);
    await ensureRole(client, workerRole, passwords.workerPassword);
    await admitOnlyRoles(client);
    await withholdFunctions(client);
    if (options.ownsServer === true) await closeOtherDatabases(client);
  });
  return {
    webUrl: urlFor(ownerUrl, webRole, passwords.webPassword),
    workerUrl: urlFor(ownerUrl, workerRole, passwords.workerPassword),
  };
}

/**
 * The same for the role of the source of shortfalls, which a sandbox starts itself. Elsewhere whoever runs
 * that source gives the role its password.
 * @returns the source's own URL.
 * @throws Error as {@link ensureRoles} does.
 */
export async function ensureBooksRole(ownerUrl: string, password: string): Promise<string> {
  await withClient(ownerUrl, { name: 'roles' }, async (client) => {
    await ensureRole(client, booksRole, password);
    await admitBooksRole(client);
  });
  return urlFor(ownerUrl, booksRole, password);
}

export const admitBooksRole = (client: pg.Client): Promise<void> => admit(client, [booksRole]);

async function admit(client: pg.Client, roles: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ name: string }>('select current_database() as name');
  const database = client.escapeIdentifier(rows[0]?.name ?? '');
  await client.query(`grant connect on database ${database} to ${roles.join(', ')}`);
}

/** The same database as another role. */
export function urlFor(ownerUrl: string, role: string, password: string): string {
  const url = new URL(ownerUrl);
  url.username = role;
  url.password = encodeURIComponent(password);
  return url.href;
}

async function ensureRole(client: pg.Client, role: string, password: string): Promise<void> {
  const { rows } = await client.query<{ powerful: boolean }>(
    `select rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls
       or exists (select from pg_auth_members m where m.member = r.oid) as powerful
     from pg_roles r where rolname = $1`,
    [role],
  );
  if (rows[0]?.powerful)
    throw new Error(
      `The database role ${role} has powers or memberships it must not have. Take them away, or drop the role, and start again.`,
    );
  const name = client.escapeIdentifier(role);
  if (rows.length === 0) await client.query(`create role ${name}`);
  await client.query(
    `alter role ${name} login password ${client.escapeLiteral(scramVerifier(password))}`,
  );
  for (const [setting, value] of Object.entries(limits[role] ?? {}))
    await client.query(`alter role ${name} set ${setting} = ${client.escapeLiteral(value)}`);
}

/** Every new database lets everyone connect and make temporary tables; ours does not. */
export async function admitOnlyRoles(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>('select current_database() as name');
  const database = client.escapeIdentifier(rows[0]?.name ?? '');
  await client.query(`revoke all on database ${database} from public`);
  await admit(client, [webRole, workerRole]);
}

/**
 * Functions that everybody may call in a new database and that fill its disk past every limit of a
 * table: large objects, and messages in the write-ahead log. Ours call none of them.
 */
const withheld = [
  'lo_creat',
  'lo_create',
  'lo_from_bytea',
  'lo_open',
  'lo_put',
  'lo_truncate',
  'lo_truncate64',
  'lowrite',
  'pg_logical_emit_message',
];

/** Only an administrator of the server may; an owner who is none leaves them as they are. */
async function withholdFunctions(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select p.oid::regprocedure::text as name from pg_proc p
     where p.pronamespace = 'pg_catalog'::regnamespace and p.proname = any($1)
       and has_function_privilege($2, p.oid, 'execute')
       and pg_has_role(current_user, p.proowner, 'usage')`,
    [withheld, webRole],
  );
  for (const { name } of rows)
    await client.query(`revoke execute on function pg_catalog.${name} from public`);
}

async function closeOtherDatabases(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select datname as name from pg_database
     where datname <> current_database() and has_database_privilege($1, oid, 'connect')
       and pg_has_role(current_user, datdba, 'usage')`,
    [webRole],
  );
  for (const { name } of rows)
    await client.query(
      `revoke connect, temporary on database ${client.escapeIdentifier(name)} from public`,
    );
}

/**
 * What the server keeps of a password (RFC 5803), made here so that the password itself is in no
 * statement and no server log. Our passwords are ASCII, where SASLprep changes nothing.
 */
function scramVerifier(password: string): string {
  const iterations = 4096;
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const hmac = (text: string): Buffer => createHmac('sha256', salted).update(text).digest();
  const storedKey = createHash('sha256').update(hmac('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${hmac('Server Key').toString('base64')}`;
}
