/** Rows about the parties: a signature across processes, and the statements behind it. */
import { benchSigning, type SigningTimes } from '#lib/mpc/bench.ts';
import { benchedSuites, type BenchedSuite } from '#lib/mpc/bench-suite-maths.ts';
import { benchSuite, type SuiteTimes } from '#lib/mpc/bench-suites.ts';
import { benchStatements, type VerificationRates } from '#lib/protocol/bench.ts';
import type { Part } from './part.ts';
import { makeRow, median, type Row } from './row.ts';

const part = 'mpc';
const SAMPLES = 80;
const SUITE_SAMPLES = 30;
const SETUPS = 5;
/** What the project set itself for keys on secp256k1. */
const SETUP_MS = 10_000;
const TIMES_ONE_PROCESS = 3;
const BLOCK_MS = 50;

function roundsSentence({ rounds }: SigningTimes): string {
  const times = Object.entries(rounds).map(
    ([round, values]) => `${round} ${median(values).toFixed(1)} ms`,
  );
  return `Of the median: ${times.join(', ')}.`;
}

function signingRows(times: SigningTimes): Row[] {
  const measured = {
    what: 'two party processes, from the co-sign request to the verified signature',
    values: times.acrossProcesses,
  };
  return [
    makeRow({
      part,
      name: 'Signature across processes',
      unit: 'ms',
      measured,
      reference: {
        what: 'the same FROST signature in one process, by noble alone',
        values: times.oneProcess,
      },
      bar: {
        says: 'at most 2 times the one-process figure of the same run',
        limit: 2,
        of: (across, alone) => across / alone,
      },
      notes: [roundsSentence(times)],
    }),
    makeRow({
      part,
      name: 'The same, beside the quicker sum',
      unit: 'ms',
      measured,
      reference: {
        what: 'one process that adds the shares up as the parties do',
        values: times.oneProcessQuick,
      },
    }),
  ];
}

const suiteNames: Readonly<Record<BenchedSuite, string>> = {
  bip340: 'BIP340 (FROST, taproot)',
  ecdsa: 'ECDSA (DKLs23)',
};

/**
 * How long others waited for a party's event loop. By the clock a turn takes longer than it works wherever more
 * processes than processors want one, as here and even in quiet, so the bar is for what it worked.
 */
function turnRow(
  name: string,
  what: string,
  longest: SuiteTimes['turns'][keyof SuiteTimes['turns']],
  { idle }: SuiteTimes['turns'],
): Row {
  const values = longest.map(({ ms }) => ms);
  const quiet = idle.map(({ ms }) => ms);
  const worst = (of: readonly number[]): string => `${Math.max(...of).toFixed(1)} ms`;
  return makeRow({
    part,
    name,
    unit: 'ms',
    measured: { what, values },
    reference: { what: 'the same while nobody asks for anything', values: quiet },
    bar: {
      says: 'at most 50 ms of processor time, the worst of all',
      limit: BLOCK_MS,
      of: () => Math.max(...longest.map(({ cpuMs }) => cpuMs)),
    },
    notes: [`The worst of all by the clock: ${worst(values)}; of quiet ${worst(quiet)}.`],
  });
}

function suiteRows(suite: BenchedSuite, times: SuiteTimes): Row[] {
  const name = suiteNames[suite];
  const { turns } = times;
  const measured = {
    what: 'two party processes, one coin, from the request to the verified signature',
    values: times.acrossProcesses,
  };
  const row = (of: Omit<Parameters<typeof makeRow>[0], 'part' | 'unit'>): Row =>
    makeRow({ part, unit: 'ms', ...of });
  return [
    row({
      name: `${name}: key made`,
      measured: {
        what: 'three party processes, from the stated ceremony to a key that signs',
        values: times.setup,
      },
      reference: {
        what: 'one signature of two of them with that key',
        values: times.acrossProcesses,
      },
      bar: { says: 'at most 10 seconds', limit: SETUP_MS, of: (made) => made },
    }),
    row({
      name: `${name}: signature`,
      measured,
      reference: {
        what: 'the same maths of both holders in one process, by noble alone',
        values: times.oneProcess,
      },
      bar: {
        says: 'at most 3 times the one-process figure of the same run',
        limit: TIMES_ONE_PROCESS,
        of: (across, alone) => across / alone,
      },
    }),
    ...(times.oneProcessQuick.length === 0
      ? []
      : [
          row({
            name: `${name}: beside the quicker sum`,
            measured,
            reference: {
              what: 'one process that derives and adds up as the parties do',
              values: times.oneProcessQuick,
            },
          }),
        ]),
    row({
      name: `${name}: beside an ordinary key`,
      measured,
      reference: { what: 'one signature with a private key, by noble', values: times.singleKey },
    }),
    turnRow(
      `${name}: longest turn, key made`,
      'the longest turn of a party’s event loop while a key is made, the first in new processes',
      turns.keyMade,
      turns,
    ),
    turnRow(
      `${name}: longest turn, one coin`,
      'the same while a payment of one coin is signed',
      turns.oneCoin,
      turns,
    ),
    turnRow(
      `${name}: longest turn, ${benchedSuites[suite].coinsMax} coins`,
      'the same while one of as many coins as it may have is signed',
      turns.manyCoins,
      turns,
    ),
  ];
}

/** Medians under the names that programs look for. */
const figuresOf = (times: Pick<SuiteTimes, 'setup' | 'acrossProcesses' | 'oneProcess'>) => ({
  setupMs: median(times.setup),
  signMs: median(times.acrossProcesses),
  oneProcessSignMs: median(times.oneProcess),
});

const statementRow = (kind: string, { statements, bare }: VerificationRates): Row =>
  makeRow({
    part,
    name: `Statements verified, ${kind}`,
    unit: 'per second',
    measured: { what: 'one process: canonical text, challenge and key press', values: statements },
    reference: { what: `bare ${kind} verifications by Node`, values: bare },
  });

export const mpcPart: Part = {
  name: 'mpc',
  title: 'Signatures across processes, statements',
  run: async (report, signal) => {
    report('three parties start and make a key …');
    const ed25519 = await benchSigning({ samples: SAMPLES, signal });
    const rows = signingRows(ed25519);
    const figures: Record<string, unknown> = { ed25519: figuresOf(ed25519) };
    for (const suite of ['bip340', 'ecdsa'] as const) {
      report(`the same with keys for ${suiteNames[suite]} …`);
      const times = await benchSuite(suite, { setups: SETUPS, samples: SUITE_SAMPLES, signal });
      rows.push(...suiteRows(suite, times));
      figures[suite] = figuresOf(times);
    }
    report('statements …');
    const { es256, eddsa } = benchStatements();
    return {
      rows: [...rows, statementRow('P-256', es256), statementRow('Ed25519', eddsa)],
      failures: [],
      figures,
    };
  },
};
