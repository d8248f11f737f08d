/**
 * One statement that is a transaction of its own, straight to the driver. The query engine costs such a
 * statement several times what the driver does, which counts where the statement is all there is to do.
 */
import type pg from 'pg';
import type { Prisma } from './generated/client.ts';

const pools = new WeakMap<object, pg.Pool>();

/** Notes which pool a client's connections come from. For `databaseFor` alone. */
export function notePool(database: object, pool: pg.Pool): void {
  pools.set(database, pool);
}

/** The pool of a client. @throws when `databaseFor` did not make it. */
export function poolOf(database: object): pg.Pool {
  const pool = pools.get(database);
  if (!pool) throw new Error('This is no client of ours.');
  return pool;
}

/** Whether `statements` is a whole client with an open pool, rather than a transaction that has begun. */
export const isDirect = (statements: object): boolean => pools.get(statements)?.ending === false;

/**
 * The rows of one statement, each as the driver reads them: `bigint` and `numeric` are text. Time limits are
 * those of the client. Each connection has the server read and plan the text once under `name`, which
 * belongs to that one text.
 * @throws the driver's error; `sqlStateOf` reads its code.
 */
export async function queryDirectly<Row extends pg.QueryResultRow>(
  database: object,
  name: string,
  statement: Prisma.Sql,
): Promise<Row[]> {
  const pool = poolOf(database);
  const { rows } = await pool.query<Row>({ name, text: statement.text, values: statement.values });
  return rows;
}
