/** Measures an access package of a client with many movements: seconds, and memory beside that of a few. */
import type { Context } from '#lib/platform/context.ts';
import { databaseFor, type Database } from '#lib/platform/db/client.ts';
import { buildPackage, type Ordered } from './build-package.ts';
import { fillOrder } from './testing/fill-order.ts';
import { heldKb } from './testing/held-memory.ts';

export type PackageBench = {
  movements: number;
  /** Milliseconds of one build each. */
  build: number[];
  /** Milliseconds of reading the same rows and nothing else. */
  raw: number[];
  /** Most megabytes that this process had during the build, with what was not yet thrown away. */
  peakRssMb: number[];
  /** Most kilobytes that were live at a statement of a build beyond those before it, in a build of their own. */
  heldKb: number;
  /** Bytes of the file. */
  bytes: number;
};

type Options = {
  urls: { ownerUrl: string; workerUrl: string };
  /** How many movements, from few to many. */
  sizes: readonly number[];
  rounds: number;
  settings: Context['settings'];
  report: (line: string) => void;
  signal: AbortSignal;
};

const rssEveryMs = 10;
const lookEvery = 10;

async function timed(work: () => Promise<void>): Promise<{ ms: number; peakRssMb: number }> {
  let peak = 0;
  const look = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, rssEveryMs);
  const start = performance.now();
  try {
    await work();
  } finally {
    clearInterval(look);
  }
  return { ms: performance.now() - start, peakRssMb: peak / 1_048_576 };
}

/**
 * The same client with a look before each part that is written, where most is held, and before every tenth statement
 * otherwise: pages of records are statements, too.
 */
function lookedThrough(db: Database, look: () => void): Database {
  let statements = 0;
  const extended = db.$extends({
    query: {
      $allOperations({ model, operation, args, query }) {
        statements += 1;
        const isPart = model === 'PrivacyPackagePart' && operation === 'create';
        if (isPart || statements % lookEvery === 0) look();
        return query(args);
      },
    },
  });
  // An extension of queries alone leaves every method as it is.
  return extended as Database;
}

export async function benchPackages(options: Options): Promise<PackageBench[]> {
  const { urls, sizes, rounds, settings, report, signal } = options;
  const owner = databaseFor(urls.ownerUrl, { statementTimeoutMs: 600_000 });
  const db = databaseFor(urls.workerUrl);
  try {
    const results: PackageBench[] = [];
    let first = 1_000;
    const order = async (movements: number) => {
      signal.throwIfAborted();
      const filled = await fillOrder(owner, movements, first);
      first += movements;
      return filled;
    };
    const build = (ordered: Ordered, by = db) =>
      buildPackage({ db: by, settings, clock: () => new Date() }, ordered, 1);
    // The first one loads typefaces and warms what is measured later.
    await build(await order(100));
    for (const movements of sizes) {
      const result: PackageBench = {
        movements,
        build: [],
        raw: [],
        peakRssMb: [],
        heldKb: 0,
        bytes: 0,
      };
      for (let round = 0; round < rounds; round += 1) {
        report(`a package with ${movements.toLocaleString('en')} movements …`);
        const ordered = await order(movements);
        const { ms, peakRssMb } = await timed(() => build(ordered));
        report(`… ${Math.round(ms).toLocaleString('en')} ms`);
        result.build.push(ms);
        result.peakRssMb.push(peakRssMb);
        result.raw.push((await timed(() => readRaw(db, ordered.account, movements))).ms);
        const built = await db.privacyPackageBuilt.findUniqueOrThrow({
          where: { packageId: ordered.id },
        });
        result.bytes = built.bytes;
      }
      const last = await order(movements);
      result.heldKb = await heldKb((look) => build(last, lookedThrough(db, look)));
      results.push(result);
    }
    return results;
  } finally {
    await Promise.all([owner.$disconnect(), db.$disconnect()]);
  }
}

async function readRaw(db: Database, account: string, movements: number): Promise<void> {
  const rows = await db.$queryRaw<{ journal: bigint }[]>`
    select p.journal_id as journal, p.line, j.posted_at, j.kind, p.amount::text, p.balance::text
    from posting p join journal j on j.id = p.journal_id where p.account_id = ${account}
    order by p.journal_id, p.line`;
  if (rows.length !== movements) throw new Error('movements are missing');
}
