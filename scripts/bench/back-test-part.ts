/** Rows about the back-test of a policy, on a durable PostgreSQL of the bench's own. */
import { benchBackTest } from '#lib/operations/policy/back-test/bench.ts';
import type { Part } from './part.ts';
import { makeRow } from './row.ts';
import { withDatabase } from './with-database.ts';

const OPERATIONS = 100_000;
/** Kilobytes that the heap may be larger at the end than after the first tenth. */
const GROWTH_MAX = 4_000;

export const backTestPart: Part = {
  name: 'back-test',
  title: 'Back-test of a policy',
  run: async (report, signal) => {
    report('a database of its own starts …');
    const bench = await withDatabase((urls) =>
      benchBackTest({ ...urls, operations: OPERATIONS, report, signal }),
    );
    const heap = bench.heap.map((bytes) => bytes / 1000);
    const many = `${bench.operations.toLocaleString('en')} operations`;
    return {
      rows: [
        makeRow({
          part: 'back-test',
          name: 'Back-test, operations',
          unit: 'per second',
          measured: {
            what: `${many} judged by the policy in force and by a draft of ${bench.rules} rules, in tenths`,
            values: bench.judged,
          },
          reference: {
            what: 'the same operations read and parsed, nothing judged',
            values: bench.read,
          },
        }),
        makeRow({
          part: 'back-test',
          name: 'Back-test, memory',
          unit: 'kB',
          measured: {
            what: `heap after a collection in the last tenth of ${many}`,
            values: heap.slice(-1),
          },
          reference: { what: 'the same after the first tenth', values: heap.slice(0, 1) },
          bar: {
            says: `at most ${GROWTH_MAX} kB over the first tenth`,
            limit: GROWTH_MAX,
            of: (end, beginning) => end - beginning,
          },
        }),
      ],
      failures: [],
    };
  },
};
