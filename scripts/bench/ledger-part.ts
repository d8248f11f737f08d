/** Rows about the ledger, on a durable PostgreSQL of the bench's own. */
import { benchPostings, type Sides } from '#lib/ledger/bench/postings.ts';
import { benchReading, type ReadingBench } from '#lib/ledger/bench/reading.ts';
import { benchStatements, type StatementsBench } from '#lib/ledger/bench/statements.ts';
import type { Part, Report } from './part.ts';
import { makeRow, median, quantile, type Row } from './row.ts';
import { withDatabase } from './with-database.ts';

/** Of the hand-written function's rate, over many accounts and on two. */
const SPREAD_SHARE = 0.5;
const HOT_SHARE = 0.7;
/** Times the hand-written function's, of 99 journals in a hundred. */
const SLOWEST_MAX = 3;

function postingRows(where: string, share: number, { ours, handWritten }: Sides): Row[] {
  const what = 'deposits through our use case, with their audit entry';
  const reference = 'a function written by hand with the same audit entry, by the bare driver';
  const slowest = (values: readonly number[]): number[] => [quantile(values, 0.99)];
  return [
    makeRow({
      part: 'ledger',
      name: `Journals, ${where}`,
      unit: 'per second',
      measured: { what, values: ours.perSecond },
      reference: { what: reference, values: handWritten.perSecond },
      bar: {
        says: `at least ${share} of the hand-written`,
        limit: 1 / share,
        of: (rate, byHand) => byHand / rate,
      },
    }),
    makeRow({
      part: 'ledger',
      name: `Slowest of a hundred, ${where}`,
      unit: 'ms',
      measured: { what, values: slowest(ours.ms) },
      reference: { what: reference, values: slowest(handWritten.ms) },
      bar: {
        says: `at most ${SLOWEST_MAX} times the hand-written`,
        limit: SLOWEST_MAX,
        of: (time, byHand) => time / byHand,
      },
    }),
  ];
}

/** Times with the few lines. */
const GROWTH_MAX = 1.5;
/** Times one pass over the lines. */
const RECOMPUTE_MAX = 3;

const inMillions = (lines: number): string => `${(lines / 1e6).toFixed(1)} million lines`;

function readingRows({ balancePage, reconcile }: ReadingBench): Row[] {
  return [
    makeRow({
      part: 'ledger',
      name: 'A client’s balance and first page',
      unit: 'ms',
      measured: { what: inMillions(balancePage.largeLines), values: balancePage.large },
      reference: { what: inMillions(balancePage.smallLines), values: balancePage.small },
      bar: {
        says: `at most ${GROWTH_MAX} times`,
        limit: GROWTH_MAX,
        of: (large, small) => large / small,
      },
    }),
    makeRow({
      part: 'ledger',
      name: 'All balances anew',
      unit: 'ms',
      measured: {
        what: `${reconcile.accounts.toLocaleString('en')} balances added up from their lines`,
        values: reconcile.ours,
      },
      reference: { what: 'one pass over the same lines', values: reconcile.scan },
      bar: {
        says: `at most ${RECOMPUTE_MAX} times`,
        limit: RECOMPUTE_MAX,
        of: (ours, scan) => ours / scan,
      },
      notes: [`Memory here grew by ${reconcile.heapGrowthKb.toFixed(0)} kB.`],
    }),
  ];
}

const STATEMENTS = 10_000;
const STATEMENTS_FEW = 1_000;
const MOVEMENTS = 12;
/** Seconds for the statements of a quarter. */
const STATEMENTS_MAX = 300;

function statementRow(many: StatementsBench, few: StatementsBench): Row {
  const rate = ({ clients, seconds }: StatementsBench): number => clients / seconds;
  return makeRow({
    part: 'ledger',
    name: 'Statements of a quarter',
    unit: 'per second',
    measured: { what: `for ${many.clients.toLocaleString('en')} clients`, values: [rate(many)] },
    reference: { what: `for ${few.clients.toLocaleString('en')} clients`, values: [rate(few)] },
    bar: {
      says: `all in at most ${STATEMENTS_MAX} seconds`,
      limit: STATEMENTS_MAX,
      of: () => many.seconds,
    },
    notes: [
      `${MOVEMENTS} movements each, PDF and CSV; memory at most ${many.peakRssMb.toFixed(0)} MB, and ${few.peakRssMb.toFixed(0)} MB for the few.`,
    ],
  });
}

async function measureStatements(report: Report): Promise<[StatementsBench, StatementsBench]> {
  const measure = (clients: number): Promise<StatementsBench> =>
    withDatabase(({ ownerUrl, workerUrl }) => {
      report(`statements for ${clients.toLocaleString('en')} clients …`);
      return benchStatements({ ownerUrl, workerUrl, clients, movementsEach: MOVEMENTS });
    });
  const few = await measure(STATEMENTS_FEW);
  return [await measure(STATEMENTS), few];
}

const rates = ({ ours, handWritten }: Sides) => ({
  ours: median(ours.perSecond),
  handWritten: median(handWritten.perSecond),
});

export const ledgerPart: Part = {
  name: 'ledger',
  title: 'Journals of the ledger',
  run: async (report, signal) => {
    report('a database of its own starts …');
    const { spread, hot, reading } = await withDatabase(async (urls) => {
      report('journals by 1, 4 and 16 writers …');
      const postings = await benchPostings({ ...urls, slices: 6, sliceMs: 700, signal });
      report('books with a hundred thousand lines …');
      return { ...postings, reading: await benchReading({ ...urls, report, signal }) };
    });
    signal.throwIfAborted();
    const [statements, few] = await measureStatements(report);
    const { balancePage, reconcile } = reading;
    return {
      rows: [
        ...[...spread].flatMap(([writers, sides]) =>
          postingRows(`${writers} ${writers === 1 ? 'writer' : 'writers'}`, SPREAD_SHARE, sides),
        ),
        ...postingRows('all on two accounts', HOT_SHARE, hot),
        ...readingRows(reading),
        statementRow(statements, few),
      ],
      failures: [],
      figures: {
        journals: {
          ...Object.fromEntries([...spread].map(([writers, sides]) => [writers, rates(sides)])),
          hot: rates(hot),
        },
        balancePage: { small: median(balancePage.small), large: median(balancePage.large) },
        reconcile: { ours: median(reconcile.ours), scan: median(reconcile.scan) },
        statements: { clients: statements.clients, seconds: statements.seconds },
      },
    };
  },
};
