/** Rows about the ledger, on a durable PostgreSQL of the bench's own. */
import { benchPostings, type Sides } from '#lib/ledger/bench/postings.ts';
import type { Part } from './part.ts';
import { makeRow, quantile, type Row } from './row.ts';
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

export const ledgerPart: Part = {
  name: 'ledger',
  title: 'Journals of the ledger',
  run: async (report, signal) => {
    report('a database of its own starts …');
    const { spread, hot } = await withDatabase((urls) => {
      report('journals by 1, 4 and 16 writers …');
      return benchPostings({ ...urls, slices: 6, sliceMs: 700, signal });
    });
    const rows = [...spread].flatMap(([writers, sides]) =>
      postingRows(`${writers} ${writers === 1 ? 'writer' : 'writers'}`, SPREAD_SHARE, sides),
    );
    return { rows: [...rows, ...postingRows('all on two accounts', HOT_SHARE, hot)], failures: [] };
  },
};
