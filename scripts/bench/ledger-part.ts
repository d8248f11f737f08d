/** Rows about the ledger, on a durable PostgreSQL of the bench's own. */
import { randomBytes } from 'node:crypto';
import { chmod, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { benchPostings, type PostingFigures } from '#lib/ledger/bench.ts';
import { startEmbeddedPostgres } from '#lib/platform/db/embedded.ts';
import { migrate } from '#lib/platform/db/migrate.ts';
import { ensureRoles } from '#lib/platform/db/roles.ts';
import { freePorts, newFolder } from '../supervisor/testing/processes.ts';
import type { Part } from './part.ts';
import { makeRow, type Row } from './row.ts';

const WRITERS = 16;
const secret = (): string => randomBytes(18).toString('base64url');

type Sides = { typescript: PostingFigures; driver: PostingFigures };

function postingRows(where: string, { typescript, driver }: Sides): Row[] {
  const ours = `deposits through our use case, ${WRITERS} writers`;
  const bare = 'the same statement by the bare driver';
  const common = { part: 'ledger' } as const;
  return [
    makeRow({
      ...common,
      name: `Journals, ${where}`,
      unit: 'per second',
      measured: { what: ours, values: typescript.perSecond },
      reference: { what: bare, values: driver.perSecond },
    }),
    makeRow({
      ...common,
      name: `One journal, ${where}`,
      unit: 'ms',
      measured: { what: ours, values: typescript.ms },
      reference: { what: bare, values: driver.ms },
    }),
  ];
}

/** Runs `work` on a new, migrated database that keeps what it commits. */
async function withDatabase<T>(
  work: (urls: { ownerUrl: string; workerUrl: string }) => Promise<T>,
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
    try {
      const { ownerUrl } = server;
      const passwords = { webPassword: secret(), workerPassword: secret() };
      const { workerUrl } = await ensureRoles(ownerUrl, passwords);
      await migrate(ownerUrl);
      return await work({ ownerUrl, workerUrl });
    } finally {
      await server.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export const ledgerPart: Part = {
  name: 'ledger',
  title: 'Journals of the ledger',
  run: async (report, signal) => {
    report('a database of its own starts …');
    const bench = await withDatabase((urls) => {
      report('journals …');
      return benchPostings({ ...urls, writers: WRITERS, slices: 8, sliceMs: 700, signal });
    });
    return {
      rows: [
        ...postingRows('over 1,000 clients', bench.spread),
        ...postingRows('all on two accounts', bench.hot),
      ],
      failures: [],
    };
  },
};
