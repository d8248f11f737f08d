/** The embedded PostgreSQL as a service of the supervisor, and the check of an external one. */
import { join } from 'node:path';
import { withClient } from '#lib/platform/db/owner-client.ts';
import { nodeCommand } from './node-command.ts';
import { Problem } from './problem.ts';
import type { ServiceSpec } from './service.ts';

const STOP_MS = 20_000;
const LIMITS = { connectMs: 2_000, answerMs: 5_000 };
const OLDEST_VERSION = 150_000;

export type EmbeddedOptions = { data: string; port: number; ownerPassword: string };

/** The owner's URL of the embedded database; a secret. */
export const embeddedOwnerUrl = ({ port, ownerPassword }: EmbeddedOptions): string =>
  `postgresql://postgres:${encodeURIComponent(ownerPassword)}@127.0.0.1:${port}/countersign`;

async function serverVersion(url: string): Promise<number> {
  return withClient(url, { name: 'check', ...LIMITS }, async (client) => {
    const { rows } = await client.query<{ version: string }>(
      "SELECT current_setting('server_version_num') AS version",
    );
    return Number(rows[0]?.version ?? '0');
  });
}

/** PostgreSQL 18 from npm, on loopback only, with passwords; its data survives restarts. */
export function embeddedPostgres(options: EmbeddedOptions): ServiceSpec {
  return {
    name: 'postgres',
    title: 'Database',
    command: () =>
      nodeCommand('scripts/supervisor/postgres-host.ts', {
        env: {
          COUNTERSIGN_POSTGRES_FOLDER: join(options.data, 'postgres'),
          COUNTERSIGN_POSTGRES_PORT: String(options.port),
          COUNTERSIGN_POSTGRES_PASSWORD: options.ownerPassword,
        },
      }),
    isReady: async () => (await serverVersion(embeddedOwnerUrl(options))) > 0,
    readyWithinMs: 90_000,
    stopWithinMs: STOP_MS,
    stopSignal: 'SIGTERM',
    isRoutine: (line) =>
      !/\b(?:WARNING|ERROR|FATAL|PANIC):/.test(line) ||
      /the database system is |terminating connection due to administrator command/.test(line),
  };
}

/**
 * Checks that an external database can be used.
 * @throws Problem that never holds the password
 */
export async function requireExternalDatabase(url: string): Promise<void> {
  let version: number;
  try {
    version = await serverVersion(url);
  } catch (error) {
    const reason = error instanceof Error && error.message ? error.message : 'it does not answer';
    throw new Problem(
      `The database of DATABASE_URL (${new URL(url).host}) cannot be used: ${reason}. Check the address, the user and the password, or leave DATABASE_URL out to use the embedded PostgreSQL.`,
    );
  }
  if (version < OLDEST_VERSION)
    throw new Problem(
      'The database of DATABASE_URL is older than PostgreSQL 15. Use a newer server.',
    );
}
