/** A second database folder of a sandbox that is stopped; it takes the place of the first when all went well. */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { migrate } from '#lib/platform/db/migrate.ts';
import { ensureBooksRole, ensureRoles } from '#lib/platform/db/roles.ts';
import { isRoot, makeFolder, prepareDataFolder } from '../supervisor/data-folder.ts';
import { ownerUrl } from '../supervisor/environments.ts';
import { keysService } from '../supervisor/keys.ts';
import { takeLock } from '../supervisor/lock.ts';
import { restoredName, restoringFolder } from '../supervisor/our-folder.ts';
import { embeddedPostgres } from '../supervisor/postgres.ts';
import { Problem } from '../supervisor/problem.ts';
import { loadSecrets } from '../supervisor/secrets.ts';
import type { Settings } from '../supervisor/settings.ts';
import { Supervisor } from '../supervisor/supervisor.ts';

/**
 * Starts an empty database with the schema, and the data-key service, for as long as `work` takes; nothing else runs.
 * @returns where the database of before lies now.
 * @throws Problem where the sandbox runs or was never started; what `work` throws, and the sandbox is as it was then.
 */
export async function replaceSandboxDatabase(
  settings: Settings,
  work: (ownerUrl: string) => Promise<void>,
): Promise<string> {
  const { data } = settings;
  const current = join(data, 'postgres');
  if (!existsSync(join(data, 'secrets.json')) || !existsSync(current))
    throw new Problem(`There is no sandbox in ${data}. Make one with \`npm start\`, then stop it.`);
  prepareDataFolder(data);
  const lock = takeLock(data);
  const folder = join(data, restoringFolder);
  const supervisor = new Supervisor(settings);
  try {
    rmSync(folder, { recursive: true, force: true });
    makeFolder(folder, isRoot() ? 0o711 : 0o700);
    const secrets = loadSecrets(data);
    const { postgres: port } = settings.ports;
    const ownerPassword = secrets.databaseOwner;
    await supervisor.add(embeddedPostgres({ data: folder, port, ownerPassword })).start();
    const url = ownerUrl(settings, secrets);
    const { databaseWeb: webPassword, databaseWorker: workerPassword } = secrets;
    await ensureRoles(url, { webPassword, workerPassword }, { ownsServer: true });
    await migrate(url);
    await ensureBooksRole(url, secrets.databaseBooks);
    await supervisor.add(keysService(settings, secrets)).start();
    await work(url);
    await supervisor.stop();
    const aside = join(data, restoredName(new Date()));
    renameSync(current, aside);
    renameSync(join(folder, 'postgres'), current);
    return aside;
  } finally {
    await supervisor.stop();
    rmSync(folder, { recursive: true, force: true });
    lock.release();
  }
}
