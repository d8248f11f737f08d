/** A PostgreSQL server of a drill's own, in a folder that goes with it whatever happens. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '#lib/platform/db/embedded.ts';
import { ensureBooksRole, ensureRoles } from '#lib/platform/db/roles.ts';
import { migrate } from '#lib/platform/db/migrate.ts';
import { newStreamKey } from '#lib/platform/sealed-stream.ts';
import type { SealedFolder } from '../backups/sealed-folder.ts';
import { drillFolderPrefix, noteDrill } from './clear-leftovers.ts';

export type DrillFolder = {
  path: string;
  /** For the files of the backup, whose key is in this process's memory and nowhere else. */
  backup: SealedFolder;
  /** Stops the server, if one was started, and removes the folder. Doing it twice is harmless. */
  remove(): Promise<void>;
  startServer(settings: Readonly<Record<string, string>>): Promise<EmbeddedPostgres>;
};

/**
 * Makes the folder below `parent`. A helper process beside this one waits for its end, `kill -9` included, and then stops
 * the server and removes the folder. A loss of power ends both; the next drill removes what then lies there.
 */
export async function makeDrillFolder(parent: string): Promise<DrillFolder> {
  const path = await mkdtemp(join(parent, drillFolderPrefix));
  const data = join(path, 'postgres');
  const backup = { path: join(path, 'backup'), key: newStreamKey() };
  const letGo = guard(path, join(data, 'postmaster.pid'));
  // The server may run under another account, which has to pass through; what lies here is closed by itself.
  await chmod(path, 0o711);
  await noteDrill(path);
  await mkdir(backup.path, { mode: 0o700 });
  let starting: Promise<EmbeddedPostgres> | null = null;
  return {
    path,
    backup,
    startServer: async (settings) => {
      starting = startEmbeddedPostgres({
        dataDir: data,
        port: await freePort(),
        password: secret(),
        onLog: () => undefined,
        settings,
      });
      return starting;
    },
    remove: async () => {
      // A start that is still under way is waited for: what it would leave behind is what has to go.
      const server = await starting?.catch(() => null);
      await server?.stop();
      await rm(path, { recursive: true, force: true, maxRetries: 3 });
      letGo();
    },
  };
}

/** Roles, schema and rights as a new installation gets them. */
export async function prepareSchema({ ownerUrl }: EmbeddedPostgres): Promise<void> {
  await ensureRoles(
    ownerUrl,
    { webPassword: secret(), workerPassword: secret() },
    { ownsServer: true },
  );
  await migrate(ownerUrl);
  await ensureBooksRole(ownerUrl, secret());
}

const secret = (): string => randomBytes(24).toString('base64url');

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** In a process group of its own, so that what ends the drill does not end it: the end of a pipe tells it. */
function guard(folder: string, pidFile: string): () => void {
  const script = `cat
    pid=$(head -n 1 "$2" 2>/dev/null)
    case "$pid" in '' | *[!0-9]*) ;; *)
      kill -INT "$pid" && while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done ;;
    esac
    for try in 1 2 3 4 5 6 7 8 9 10; do
      rm -rf -- "$1"
      sleep 1
      [ -e "$1" ] || exit 0
    done`;
  const child = spawn('sh', ['-c', script, 'guard', folder, pidFile], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.unref();
  child.on('error', () => undefined);
  return () => void child.kill('SIGKILL');
}
