/** Rows about the data-key service, on a disk that keeps what is written. */
import { benchKeys } from '#lib/platform/data-keys/bench.ts';
import type { Part } from './part.ts';
import { makeRow } from './row.ts';

const ROUNDS = 300;
const FEW = 1_000;
const SIZES = [FEW, 100_000, 1_000_000];
/** Times a destruction among a thousand keys. */
const GROWTH_MAX = 5;
/** Times one key, for the keys of a large statement; a wait for the disk for each of 256 files would be far above it. */
const TOGETHER_MAX = 30;

export const keysPart: Part = {
  name: 'keys',
  title: 'The data-key service',
  run: async (report) => {
    const bench = await benchKeys({ rounds: ROUNDS, sizes: SIZES, report });
    const compared = (['seal', 'open', 'fingerprint'] as const).map((name) =>
      makeRow({
        part: 'keys',
        name: {
          seal: `${bench.values} values sealed`,
          open: `${bench.values} values opened`,
          fingerprint: 'Three keyed hashes, as finding a person asks',
        }[name],
        unit: 'ms',
        measured: { what: 'by the service, over its socket', values: bench[name].service },
        reference: { what: 'the raw operation in one process', values: bench[name].raw },
      }),
    );
    const few = bench.shred.find(({ keys }) => keys === FEW)?.ms ?? [];
    const destroyed = bench.shred
      .filter(({ keys }) => keys !== FEW)
      .map(({ keys, ms }) =>
        makeRow({
          part: 'keys',
          name: `A key destroyed among ${keys.toLocaleString('en')}`,
          unit: 'ms',
          measured: { what: 'in the store and a copy, on the disk', values: ms },
          reference: { what: `among ${FEW.toLocaleString('en')}`, values: few },
          bar: {
            says: `at most ${GROWTH_MAX} times`,
            limit: GROWTH_MAX,
            of: (many, one) => many / one,
          },
        }),
      );
    const { one, many, count } = bench.make;
    const made = makeRow({
      part: 'keys',
      name: `${count.toLocaleString('en')} keys made together`,
      unit: 'ms',
      measured: { what: 'in the store and a copy, on the disk', values: many },
      reference: { what: 'one key', values: one },
      bar: {
        says: `at most ${TOGETHER_MAX} times`,
        limit: TOGETHER_MAX,
        of: (together, alone) => together / alone,
      },
    });
    return { rows: [...compared, made, ...destroyed], failures: [] };
  },
};
