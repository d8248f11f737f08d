/** What the database answers to statements of the console's roles, for tests of its guards. */
import pg from 'pg';
import type { TestDatabase } from '#lib/platform/db/testing/database.ts';

export type Role = 'web' | 'worker';

export type Refusals = {
  /** SQLSTATE of the refusal; null where the statement went through. */
  refusal(sql: string, role?: Role): Promise<string | null>;
  close(): Promise<void>;
};

export async function openRefusals({ urls }: TestDatabase): Promise<Refusals> {
  const connect = async (role: Role): Promise<pg.Client> => {
    const client = new pg.Client({ connectionString: urls[role] });
    await client.connect();
    return client;
  };
  const clients = { web: await connect('web'), worker: await connect('worker') };
  return {
    refusal: async (sql, role = 'web') => {
      try {
        await clients[role].query(sql);
        return null;
      } catch (error) {
        await clients[role].query('rollback');
        return (error as { code?: string }).code ?? 'unknown';
      }
    },
    close: async () => {
      await Promise.all([clients.web.end(), clients.worker.end()]);
    },
  };
}
