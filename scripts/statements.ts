/** `npm run statements`: makes the statements of position of all clients and writes their files. */
import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { decimalsShown } from '#lib/chains/unknown-asset.ts';
import { orderDays, orderQuarter } from '#lib/ledger/statements/order-batch.ts';
import { RenderPool } from '#lib/ledger/statements/render-pool.ts';
import { runBatch, type LeftOut } from '#lib/ledger/statements/run-batch.ts';
import type { Context } from '#lib/platform/context.ts';
import { readCommand, USAGE, type Command } from './statements/command.ts';
import { withContext } from './supervisor/open-context.ts';
import { describe, Problem } from './supervisor/problem.ts';
import { asksForHelp } from './supervisor/usage.ts';

const tellEveryMs = 2_000;
const leftOutShown = 20;

async function ordered({ period }: Command, { db, clock }: Context) {
  const order = { by: 'system', at: clock() };
  const result =
    'quarter' in period
      ? await orderQuarter(db, { ...period, ...order })
      : await orderDays(db, { ...period, ...order });
  if (!result.ok) throw new Problem(result.refusal.sentence);
  return db.statementBatch.findUniqueOrThrow({ where: { id: result.value.batch } });
}

async function folderAt(out: string): Promise<string> {
  const folder = resolve(out);
  try {
    // Statements are for nobody but who asked for them.
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    const { code } = error as { code?: string };
    throw new Problem(
      `The folder ${folder} cannot be made (${code ?? 'unknown'}). Name another with --out.`,
    );
  }
  return folder;
}

async function make(command: Command, context: Context): Promise<LeftOut[]> {
  const folder = await folderAt(command.out);
  const batch = await ordered(command, context);
  console.log(
    `Statements of ${batch.name} for ${batch.clients} clients, drawn up from journal ${batch.lastJournal} …`,
  );
  const pool = new RenderPool(Math.min(4, availableParallelism()));
  const startedAt = performance.now();
  let toldAt = startedAt;
  try {
    const leftOut = await runBatch(context.db, batch, {
      pool,
      decimalsOf: decimalsShown,
      clock: context.clock,
      by: 'system',
      folder,
      onProgress: (done) => {
        if (performance.now() - toldAt < tellEveryMs) return;
        toldAt = performance.now();
        console.log(`  … ${done} of ${batch.clients}`);
      },
    });
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.log(
      `${batch.clients - leftOut.length} clients have a PDF and a CSV each in ${folder} (${seconds} s).`,
    );
    return leftOut;
  } finally {
    await pool.close();
  }
}

/** @returns the exit code. */
async function main(words: readonly string[]): Promise<number> {
  if (asksForHelp(words)) {
    console.log(USAGE);
    return 0;
  }
  const command = readCommand(words);
  const leftOut = await withContext('npm start', (context) => make(command, context));
  if (leftOut.length === 0) return 0;
  const named = leftOut.slice(0, leftOutShown).map(({ client }) => client);
  console.error(
    `${leftOut.length} clients have more movements than one statement holds: ${named.join(', ')}. Make theirs for shorter periods with --from and --through.`,
  );
  return 1;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(describe(error));
  process.exitCode = 1;
}
