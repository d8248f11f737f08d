/** `npm run reconcile`: has the worker compare the books with everybody else, and waits for it. */
import { setTimeout as pause } from 'node:timers/promises';
import { isOpen, unprovedClosed } from '#lib/reconciliation/breaks/unproved-closed.ts';
import { findQueueFull, requestRuns } from '#lib/reconciliation/runs/request-runs.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { readCommand, USAGE } from './reconcile/command.ts';
import { runsTable, type RunLine } from './reconcile/words.ts';
import { withContext } from './supervisor/open-context.ts';
import { describe, Problem } from './supervisor/problem.ts';
import { asksForHelp } from './supervisor/usage.ts';

const waitMs = 600_000;
const beginMs = 60_000;
const lookEveryMs = 250;

/** @throws Problem when nobody takes it up, or it fails. */
async function ended(request: string, { db }: Context): Promise<void> {
  const started = performance.now();
  for (;;) {
    const row = await db.reconciliationRequest.findUniqueOrThrow({ where: { id: request } });
    if (row.state === 'done') return;
    if (row.state === 'failed') throw new Problem(row.fault ?? 'It failed.');
    const waited = performance.now() - started;
    if (row.state === 'waiting' && waited > beginMs)
      throw new Problem(
        'The worker has not taken it up within a minute. `npm run party` shows whether it runs; the request stays and is answered when it does.',
      );
    if (waited > waitMs)
      throw new Problem('It takes longer than ten minutes. /reconciliation shows how far it is.');
    await pause(lookEveryMs);
  }
}

async function runsOf(request: string, { db }: Context): Promise<RunLine[]> {
  const runs = await db.reconciliationRun.findMany({
    where: { requestId: request },
    orderBy: [{ kind: 'asc' }, { asset: 'asc' }, { place: 'asc' }],
    select: {
      id: true,
      kind: true,
      asset: true,
      place: true,
      matched: true,
      _count: { select: { seen: { where: { state: { not: 'closed' } } } } },
    },
  });
  return runs.map(({ _count, ...run }) => ({ ...run, breaks: _count.seen }));
}

/** @returns the exit code. */
async function main(words: readonly string[]): Promise<number> {
  if (asksForHelp(words)) {
    console.log(USAGE);
    return 0;
  }
  const { wanted, isJson } = readCommand(words);
  return withContext('npm start', async (context) => {
    const { db, clock } = context;
    if (!isJson) console.log('Comparing the books with everybody else …');
    const request = await inTransaction(db, async (tx) => {
      const full = await findQueueFull(tx);
      if (full) throw new Problem(full.refusal.sentence);
      return requestRuns(tx, wanted, { who: 'command' }, clock());
    });
    await ended(request, context);
    const runs = await runsOf(request, context);
    const open = await db.breakRecord.count({ where: isOpen(await unprovedClosed(db)) });
    console.log(isJson ? JSON.stringify({ runs }) : runsTable(runs, open));
    return open === 0 ? 0 : 1;
  });
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(describe(error));
  process.exitCode = 2;
}
