/** Rows about the parties: a signature across processes, and the statements behind it. */
import { benchSigning, type SigningTimes } from '#lib/mpc/bench.ts';
import { benchStatements, type VerificationRates } from '#lib/protocol/bench.ts';
import type { Part } from './part.ts';
import { makeRow, median, type Row } from './row.ts';

const part = 'mpc';
const SAMPLES = 80;

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
    const signing = signingRows(await benchSigning({ samples: SAMPLES, signal }));
    report('statements …');
    const { es256, eddsa } = benchStatements();
    return {
      rows: [...signing, statementRow('P-256', es256), statementRow('Ed25519', eddsa)],
      failures: [],
    };
  },
};
