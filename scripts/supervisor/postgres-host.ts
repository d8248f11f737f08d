/**
 * The process that owns the embedded PostgreSQL server: it starts the server, ends with it, and
 * ends it when told to stop or when the supervisor is gone.
 */
import { DatabaseStartError } from '#lib/platform/db/start-error.ts';
import { startEmbeddedPostgres } from '#lib/platform/db/embedded.ts';

const dataDir = process.env['COUNTERSIGN_POSTGRES_FOLDER'] ?? '';
const port = Number(process.env['COUNTERSIGN_POSTGRES_PORT']);
const password = process.env['COUNTERSIGN_POSTGRES_PASSWORD'] ?? '';
// The server inherits this process's environment and has no use for its owner's password.
delete process.env['COUNTERSIGN_POSTGRES_PASSWORD'];

// An empty name would be the folder that this process stands in.
if (dataDir === '') {
  console.error('COUNTERSIGN_POSTGRES_FOLDER names no folder for the database.');
  process.exit(1);
}

try {
  const server = await startEmbeddedPostgres({
    dataDir,
    port,
    password,
    onLog: (line) => {
      console.log(line);
    },
  });
  let isStopping = false;
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
    process.on(signal, () => {
      isStopping = true;
      void server.stop();
    });
  await server.exited;
  process.exit(isStopping ? 0 : 1);
} catch (error) {
  console.error(error instanceof DatabaseStartError ? error.message : error);
  process.exit(1);
}
