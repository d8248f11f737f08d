/** Rows about the personal-data vault with a million people in it. */
import { benchPersons } from '#lib/persons/bench.ts';
import type { Part } from './part.ts';
import { makeRow, type Row } from './row.ts';
import { withDatabase } from './with-database.ts';

const PEOPLE = 1_000_000;
const ROUNDS = 300;
/** Times a read by the primary key. */
const FIND_MAX = 3;

const countText = (count: number): string => count.toLocaleString('en');

export const personsPart: Part = {
  name: 'persons',
  title: 'The personal-data vault',
  run: async (report, signal) => {
    report('a database of its own starts …');
    const bench = await withDatabase((urls) =>
      benchPersons({ urls, people: PEOPLE, rounds: ROUNDS, report, signal }),
    );
    const found = Object.entries(bench.find).map(([kind, values]): Row =>
      makeRow({
        part: 'persons',
        name: `A person found by ${kind}`,
        unit: 'ms',
        measured: { what: `among ${countText(bench.people)}, by a keyed hash`, values },
        reference: { what: 'a person read by the primary key', values: bench.primaryKey },
        bar: {
          says: `at most ${FIND_MAX} times`,
          limit: FIND_MAX,
          of: (found, read) => found / read,
        },
      }),
    );
    return {
      rows: [
        ...found,
        makeRow({
          part: 'persons',
          name: 'Values of a person opened',
          unit: 'ms',
          measured: { what: 'six values, read and opened by the key service', values: bench.open },
          reference: { what: 'six values sealed in this process', values: bench.rawSeal },
        }),
        makeRow({
          part: 'persons',
          name: 'A key destroyed',
          unit: 'ms',
          measured: {
            what: `among ${countText(bench.shred.manyKeys)}, in the store and a copy`,
            values: bench.shred.many,
          },
          reference: { what: `among ${countText(bench.shred.fewKeys)}`, values: bench.shred.few },
        }),
      ],
      failures: [],
    };
  },
};
