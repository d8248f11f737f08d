/** One throw-away PostgreSQL server for a whole test run, with a migrated database to copy from. */
import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startKeysService, type KeysService } from '../../data-keys/testing/keys-service.ts';
import { startEmbeddedPostgres } from '../embedded.ts';
import pg from 'pg';
import { migrate } from '../migrate.ts';
import { ensureBooksRole, ensureRoles } from '../roles.ts';

export type TestServer = {
  /** Owner of the server; its database is the template of the others. */
  ownerUrl: string;
  webPassword: string;
  workerPassword: string;
  booksPassword: string;
};

declare module 'vitest' {
  interface ProvidedContext {
    testServer: TestServer;
    testKeys: Pick<KeysService, 'address' | 'heldBack' | 'tokens'>;
  }
}

const secret = (): string => randomBytes(18).toString('base64url');

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A template can be copied only while nobody is connected to it, so nobody may be from here on. */
async function closeTemplate(ownerUrl: string): Promise<void> {
  const url = new URL(ownerUrl);
  const template = url.pathname.slice(1);
  url.pathname = '/postgres';
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    await client.query(`alter database ${template} allow_connections false`);
    await client.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1',
      [template],
    );
  } finally {
    await client.end();
  }
}

/**
 * Ends the server and removes its folder when this process is gone, `kill -9` included: the end of a pipe tells. In a
 * process group of its own, so that what ends the run does not end it.
 * @returns lets go of it, for an end in order.
 */
function endWithThisProcess(pid: number, folder: string): () => void {
  const script =
    'cat; kill -INT "$1" || exit 0; while kill -0 "$1"; do sleep 0.1; done; rm -rf -- "$2"';
  const guard = spawn('sh', ['-c', script, 'guard', String(pid), folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.unref();
  guard.on('error', () => undefined);
  return () => void guard.kill('SIGKILL');
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-test-'));
  // The server may run under another account, which has to pass through.
  await chmod(folder, 0o711);
  const server = await startEmbeddedPostgres({
    dataDir: join(folder, 'postgres'),
    port: await freePort(),
    password: secret(),
    onLog: () => undefined,
    // Nothing here has to outlive a power cut.
    settings: {
      fsync: 'off',
      full_page_writes: 'off',
      synchronous_commit: 'off',
      max_connections: '200',
    },
  });
  const letGo = endWithThisProcess(server.pid, folder);
  let keys: KeysService | null = null;
  const teardown = async (): Promise<void> => {
    await keys?.stop();
    await server.stop();
    letGo();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const passwords = {
      webPassword: secret(),
      workerPassword: secret(),
      booksPassword: secret(),
    };
    await ensureRoles(server.ownerUrl, passwords, { ownsServer: true });
    await migrate(server.ownerUrl);
    await ensureBooksRole(server.ownerUrl, passwords.booksPassword);
    await closeTemplate(server.ownerUrl);
    project.provide('testServer', { ownerUrl: server.ownerUrl, ...passwords });
    keys = await startKeysService(join(folder, 'keys'));
    const { address, heldBack, tokens } = keys;
    project.provide('testKeys', { address, heldBack, tokens });
  } catch (error) {
    await teardown();
    throw error;
  }
  return teardown;
}
