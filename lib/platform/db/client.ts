/** The database client: Prisma over node-postgres, with limits on everything that could wait for ever. */
import pg from 'pg';
import { notePool } from './direct.ts';
import { PrismaClient } from './generated/client.ts';
import { OrderlyPg } from './one-at-a-time.ts';
import { TimelyClient } from './timely-client.ts';

export type Database = PrismaClient;

export type DatabaseOptions = {
  /** Connections at most; a caller that finds none waits `connectTimeoutMs`, then fails. */
  poolSize?: number;
  /** The server ends a statement that runs longer. */
  statementTimeoutMs?: number;
  /** A server that is silent for so much longer than a statement may take counts as hung. */
  answerMarginMs?: number;
  connectTimeoutMs?: number;
  /** Shown in the server's list of sessions. */
  applicationName?: string;
  /** The server refuses whatever would write. */
  readOnly?: boolean;
};

/** Defaults for the processes of the console; each has a handful of concurrent writers. */
const defaults = {
  poolSize: 10,
  statementTimeoutMs: 10_000,
  answerMarginMs: 5_000,
  connectTimeoutMs: 5_000,
  applicationName: 'countersign',
  readOnly: false,
} as const;

/** How a pool reaches the role and database in `url`, with its limits. */
export function poolSettings(url: string, options: DatabaseOptions = {}): pg.PoolConfig {
  const {
    poolSize,
    statementTimeoutMs,
    answerMarginMs,
    connectTimeoutMs,
    applicationName,
    readOnly,
  } = { ...defaults, ...options };
  return {
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: connectTimeoutMs,
    statement_timeout: statementTimeoutMs,
    // Above the server's own limit, so that it runs out only when the server does not answer at all.
    query_timeout: statementTimeoutMs + answerMarginMs,
    Client: TimelyClient,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    application_name: applicationName,
    // The adapter takes every instant for UTC, whatever the server was set to.
    options: `-c timezone=UTC${readOnly ? ' -c default_transaction_read_only=on' : ''}`,
  };
}

/** A client for the role and database in `url`. It connects on first use; end it with `$disconnect()`. */
export function databaseFor(url: string, options: DatabaseOptions = {}): Database {
  const pool = new pg.Pool(poolSettings(url, options));
  // An idle connection that breaks is replaced; whoever needs one next is told if there is none.
  pool.on('error', () => undefined);
  const adapter = new OrderlyPg(pool, { disposeExternalPool: true });
  const database = new PrismaClient({ adapter, errorFormat: 'minimal' });
  notePool(database, pool);
  return database;
}
