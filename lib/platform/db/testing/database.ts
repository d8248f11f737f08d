/** A migrated database of a test's own, copied from the run's template in a moment. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import type { Database, DatabaseOptions } from '../client.ts';
import {
  admitBooksRole,
  admitOnlyRoles,
  booksRole,
  urlFor,
  webRole,
  workerRole,
} from '../roles.ts';
// For the type of what it provides.
import type {} from './global-setup.ts';
import { borrowClient, quiet, returnClient } from './spare-clients.ts';

export type TestRole = 'owner' | 'web' | 'worker' | 'books';

export type TestDatabase = {
  urls: Readonly<Record<TestRole, string>>;
  /** A client that ends with the database. */
  connect(role: TestRole, options?: DatabaseOptions): Database;
  drop(): Promise<void>;
};

async function asOwner<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function withDatabase(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}

/** Drop it in `afterAll`; the server drops whatever is forgotten when the run ends. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = inject('testServer');
  const template = new URL(server.ownerUrl).pathname.slice(1);
  const name = `test_${randomBytes(6).toString('hex')}`;
  const maintenanceUrl = withDatabase(server.ownerUrl, 'postgres');
  await asOwner(maintenanceUrl, (client) =>
    client.query(`create database ${name} template ${template}`),
  );
  const ownerUrl = withDatabase(server.ownerUrl, name);
  await asOwner(ownerUrl, async (client) => {
    await admitOnlyRoles(client);
    await admitBooksRole(client);
  });
  const urls = {
    owner: ownerUrl,
    web: urlFor(ownerUrl, webRole, server.webPassword),
    worker: urlFor(ownerUrl, workerRole, server.workerPassword),
    books: urlFor(ownerUrl, booksRole, server.booksPassword),
  };
  const clients: Database[] = [];
  return {
    urls,
    connect: (role, options) => {
      const client = borrowClient(urls[role], options);
      clients.push(client);
      return client;
    },
    drop: async () => {
      await Promise.all(clients.map(quiet));
      await asOwner(maintenanceUrl, (client) =>
        client.query(`drop database if exists ${name} with (force)`),
      );
      await Promise.all(clients.splice(0).map(returnClient));
    },
  };
}
