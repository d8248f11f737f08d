/** Rows about resilience with years of records behind it, on durable PostgreSQLs of the bench's own. */
import { benchResilience, type ResilienceBench } from '#lib/resilience/bench.ts';
import type { Part } from './part.ts';
import { makeRow, median, type Row } from './row.ts';
import { withDatabase } from './with-database.ts';

/** Contracts of a custodian after five years. */
const CONTRACTS = 2_000;
const ROUNDS = 20;
/** Times an area with one record of each kind. */
const GROWTH_MAX = 2;
const EXPORT_MAX_MS = 30_000;
/** Kilobytes that an export of all contracts may take above one of a tenth of them. */
const MEMORY_MAX_KB = 32_000;

const contractsOf = (count: number): string => `${count.toLocaleString('en')} contracts`;

const pageRows = ({ pages }: ResilienceBench): Row[] =>
  pages.map(({ name, full, empty, isGrowing }) =>
    makeRow({
      part: 'resilience',
      name,
      unit: 'ms',
      measured: { what: `on the server, with ${contractsOf(CONTRACTS)}`, values: full },
      reference: { what: 'the same with one record of each kind', values: empty },
      ...(isGrowing
        ? { notes: ['It shows the contracts of one function, forty here and one there.'] }
        : {
            bar: {
              says: `at most ${GROWTH_MAX} times`,
              limit: GROWTH_MAX,
              of: (many: number, one: number) => many / one,
            },
          }),
    }),
  );

const msOf = (...seconds: readonly number[]): number[] => seconds.map((value) => value * 1000);

function registerRows({ few, many, takenOver }: ResilienceBench): Row[] {
  const part = 'resilience';
  return [
    makeRow({
      part,
      name: 'Export of the register',
      unit: 'ms',
      measured: { what: contractsOf(many.contracts), values: msOf(...many.seconds) },
      reference: { what: contractsOf(few.contracts), values: msOf(...few.seconds) },
      bar: { says: 'at most 30,000 ms', limit: EXPORT_MAX_MS, of: (ms) => ms },
    }),
    makeRow({
      part,
      name: 'Export of the register, memory',
      unit: 'kB',
      measured: { what: `grown with ${contractsOf(many.contracts)}`, values: [many.grownKb] },
      reference: { what: `grown with ${contractsOf(few.contracts)}`, values: [few.grownKb] },
      bar: {
        says: `at most ${MEMORY_MAX_KB.toLocaleString('en')} kB over the few`,
        limit: MEMORY_MAX_KB,
        of: (most, least) => most - least,
      },
    }),
    makeRow({
      part,
      name: 'Register taken over',
      unit: 'ms',
      measured: {
        what: `${contractsOf(many.contracts)} into a console without one`,
        values: msOf(takenOver.first),
      },
      reference: { what: 'again, where nothing changes', values: msOf(takenOver.again) },
    }),
  ];
}

export const resiliencePart: Part = {
  name: 'resilience',
  title: 'Resilience with five years of records',
  run: async (report, signal) => {
    report('databases of its own start …');
    const bench = await withDatabase((full) =>
      withDatabase((empty) =>
        withDatabase((small) =>
          withDatabase((taken) =>
            benchResilience({
              full,
              empty,
              small,
              taken,
              contracts: CONTRACTS,
              rounds: ROUNDS,
              report,
              signal,
            }),
          ),
        ),
      ),
    );
    return {
      rows: [...pageRows(bench), ...registerRows(bench)],
      failures: [],
      figures: {
        resilience: {
          pages: Object.fromEntries(
            bench.pages.map(({ name, full, empty }) => [
              name,
              { full: median(full), empty: median(empty) },
            ]),
          ),
          few: bench.few,
          many: bench.many,
          takenOver: bench.takenOver,
        },
      },
    };
  },
};
