/**
 * Makes the statements of a batch: whoever has none yet gets one, so a run that was cut short goes on
 * where it was, and two at the same time do no harm. Memory holds a few pages of clients, never all.
 */
import type { Database } from '#lib/platform/db/client.ts';
import type { PositionStatement, StatementBatch } from '#lib/platform/db/generated/client.ts';
import { clientsAt } from './clients-at.ts';
import { hasFiles } from './has-files.ts';
import { isQuarter } from './quarter.ts';
import { readStatements, type ReadStatement } from './read-statements.ts';
import { issuedRow, pendingOnRecord, scopeOnRecord } from './record.ts';
import type { RenderPool } from './render-pool.ts';

export type BatchRun = {
  pool: RenderPool;
  decimalsOf: (asset: string) => number;
  clock: () => Date;
  /** A person's id, or `worker` or `system`. */
  by: string;
  /** Where the files go; null only keeps what they hash to. */
  folder: string | null;
  /** Called after each page with how many clients are done. */
  onProgress?: (done: number) => void | Promise<void>;
  signal?: AbortSignal;
};

export type LeftOut = { client: string; code: 'statement-too-long' };

const pageSize = 50;
/** Pages at the same time: one is read while another's files are made. */
const lanes = 3;

/** @returns the clients that got none, with the reason. */
export async function runBatch(
  db: Database,
  batch: StatementBatch,
  run: BatchRun,
): Promise<LeftOut[]> {
  const leftOut: LeftOut[] = [];
  let done = 0;
  const nextPage = pagesOf(db, batch);
  const lane = async (): Promise<void> => {
    for (;;) {
      run.signal?.throwIfAborted();
      const clients = await nextPage();
      if (clients.length === 0) return;
      leftOut.push(...(await runPage(db, batch, clients, run)));
      done += clients.length;
      await run.onProgress?.(done);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return leftOut.toSorted((a, b) => (a.client < b.client ? -1 : 1));
}

/** Pages of clients one after the other, whoever asks. */
function pagesOf(db: Database, batch: StatementBatch): () => Promise<string[]> {
  let after = '';
  let last: Promise<string[]> = Promise.resolve([]);
  return () => {
    last = last.then(async () => {
      const page = await clientsAt(db, batch, { after, limit: pageSize });
      after = page.at(-1) ?? after;
      return page;
    });
    return last;
  };
}

async function runPage(
  db: Database,
  batch: StatementBatch,
  clients: readonly string[],
  run: BatchRun,
): Promise<LeftOut[]> {
  const rows = await db.positionStatement.findMany({
    where: { batchId: batch.id, clientId: { in: [...clients] } },
  });
  const onRecord = new Map(rows.map((row) => [row.clientId, row]));
  await writeMissingFiles(db, batch, rows, run);
  return issue(
    db,
    batch,
    clients.filter((client) => !onRecord.has(client)),
    run,
  );
}

/** Files of statements that are on record already; they have to come out as they were. */
async function writeMissingFiles(
  db: Database,
  batch: StatementBatch,
  rows: readonly PositionStatement[],
  { pool, decimalsOf, folder }: BatchRun,
): Promise<void> {
  if (folder === null) return;
  const missing: PositionStatement[] = [];
  for (const row of rows) if (!(await hasFiles(folder, row))) missing.push(row);
  if (missing.length === 0) return;
  const pending = new Map(missing.map((row) => [row.clientId, pendingOnRecord(row)]));
  const byClient = new Map(missing.map((row) => [row.clientId, row]));
  const written: Promise<void>[] = [];
  const write = async ({ client, content }: ReadStatement): Promise<void> => {
    if (!content) throw new Error(`The statement of ${client} cannot be made again.`);
    const digests = await pool.render(content, folder);
    const row = byClient.get(client);
    if (row?.contentDigest !== digests.contentDigest)
      throw new Error(`The statement of ${client} says something else than the one on record.`);
  };
  for await (const statement of readStatements(db, scopeOnRecord(batch), [...pending.keys()], {
    decimalsOf,
    pending,
  }))
    written.push(write(statement));
  await Promise.all(written);
}

async function issue(
  db: Database,
  batch: StatementBatch,
  clients: readonly string[],
  { pool, decimalsOf, folder, by, clock }: BatchRun,
): Promise<LeftOut[]> {
  if (clients.length === 0) return [];
  const scope = scopeOnRecord(batch);
  const reason = isQuarter(batch.name) ? 'quarterly' : 'request';
  const leftOut: LeftOut[] = [];
  const made: Promise<ReturnType<typeof issuedRow>>[] = [];
  for await (const { client, content } of readStatements(db, scope, clients, { decimalsOf })) {
    if (!content) leftOut.push({ client, code: 'statement-too-long' });
    else
      made.push(
        pool
          .render(content, folder)
          .then((digests) =>
            issuedRow({ content, digests, scope, batch: batch.id, reason, by, at: clock() }),
          ),
      );
  }
  const rows = await Promise.all(made);
  if (rows.length > 0) await db.positionStatement.createMany({ data: rows, skipDuplicates: true });
  return leftOut;
}
