/** Rows about the ledger, on a durable PostgreSQL of the bench's own. */
import { benchPostings, type PostingFigures } from '#lib/ledger/bench.ts';
import type { Part } from './part.ts';
import { makeRow, type Row } from './row.ts';
import { withDatabase } from './with-database.ts';

const WRITERS = 16;

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
