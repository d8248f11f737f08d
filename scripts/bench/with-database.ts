/** A durable PostgreSQL of the bench's own. */
import { randomBytes } from 'node:crypto';
import { chmod, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setKeysOf } from '#lib/platform/data-keys/our-keys.ts';
import { startKeysService } from '#lib/platform/data-keys/testing/keys-service.ts';
import { startEmbeddedPostgres } from '#lib/platform/db/embedded.ts';
import { migrate } from '#lib/platform/db/migrate.ts';
import { ensureRoles } from '#lib/platform/db/roles.ts';
import { freePorts, newFolder } from '../supervisor/testing/processes.ts';

const secret = (): string => randomBytes(18).toString('base64url');

/** Runs `work` on a new, migrated database that keeps what it commits. */
export async function withDatabase<T>(
  work: (urls: { ownerUrl: string; webUrl: string; workerUrl: string }) => Promise<T>,
): Promise<T> {
  const folder = newFolder();
  // The server may run under another account, which has to pass through.
  await chmod(folder, 0o711);
  try {
    const [port = 0] = await freePorts(1);
    const server = await startEmbeddedPostgres({
      dataDir: join(folder, 'postgres'),
      port,
      password: secret(),
      onLog: () => undefined,
    });
    const keys = await startKeysService(join(folder, 'keys'), { syncs: true });
    setKeysOf({ address: keys.address, token: keys.tokens.worker });
    try {
      const { ownerUrl } = server;
      const passwords = { webPassword: secret(), workerPassword: secret() };
      const { webUrl, workerUrl } = await ensureRoles(ownerUrl, passwords);
      await migrate(ownerUrl);
      return await work({ ownerUrl, webUrl, workerUrl });
    } finally {
      await keys.stop();
      await server.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
