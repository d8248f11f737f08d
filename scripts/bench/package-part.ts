/** Rows about the copy of a person's data: time and memory with many movements and with five times as many. */
import { sandboxSettings } from '#lib/identity/testing/people.ts';
import { benchPackages, type PackageBench } from '#lib/privacy/package/bench.ts';
import type { Part } from './part.ts';
import { makeRow } from './row.ts';
import { withDatabase } from './with-database.ts';

const SIZES = [10_000, 50_000];
const ROUNDS = 3;
const BUILD_MAX_MS = 10_000;
/** What five times as many movements may hold more at once: a full part of the file, but not the facts of each movement. */
const MEMORY_MAX_KB = 4_096;

const countText = (count: number): string => count.toLocaleString('en');

export const packagePart: Part = {
  name: 'package',
  title: 'Copies of people’s data',
  run: async (report, signal) => {
    report('a database of its own starts …');
    const results = await withDatabase((urls) =>
      benchPackages({
        urls,
        sizes: SIZES,
        rounds: ROUNDS,
        settings: sandboxSettings,
        report,
        signal,
      }),
    );
    const [few, many] = results;
    if (!few || !many) throw new Error('nothing was measured');
    return {
      rows: [
        ...results.map((one) =>
          makeRow({
            part: 'package',
            name: `Package with ${countText(one.movements)} movements`,
            unit: 'ms',
            measured: { what: 'read, written, packed and sealed', values: one.build },
            reference: { what: 'the same rows read and nothing else', values: one.raw },
            ...(one === few && {
              bar: {
                says: `at most ${countText(BUILD_MAX_MS)} ms`,
                limit: BUILD_MAX_MS,
                of: (build: number) => build,
              },
            }),
            notes: [noteOf(one)],
          }),
        ),
        makeRow({
          part: 'package',
          name: 'Package, memory',
          unit: 'kB',
          measured: {
            what: `held with ${countText(many.movements)} movements`,
            values: [many.heldKb],
          },
          reference: { what: `held with ${countText(few.movements)}`, values: [few.heldKb] },
          bar: {
            says: `at most ${countText(MEMORY_MAX_KB)} kB over the few`,
            limit: MEMORY_MAX_KB,
            of: (most, least) => most - least,
          },
        }),
      ],
      failures: [],
    };
  },
};

const noteOf = ({ peakRssMb, bytes }: PackageBench): string =>
  `The file has ${countText(Math.round(bytes / 1000))} kB; this process had at most ${Math.max(...peakRssMb).toFixed(0)} MB.`;
