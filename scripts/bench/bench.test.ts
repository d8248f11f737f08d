import { describe, expect, test } from 'vitest';
import { readBenchCommand } from './command.ts';
import { asJson, asTable, inDigits, type Outcome } from './print.ts';
import { figure, makeRow, missedBars, quantile, type Row } from './row.ts';

const hundred = Array.from({ length: 100 }, (_, at) => at + 1);

const signature = (across: number[]): Row =>
  makeRow({
    part: 'mpc',
    name: 'Signature',
    unit: 'ms',
    measured: { what: 'two processes', values: across },
    reference: { what: 'one process', values: [20, 20, 20] },
    bar: { says: 'at most 2 times', limit: 2, of: (measured, alone) => measured / alone },
    notes: ['Half of it is maths.'],
  });

const outcome = (rows: Row[]): Outcome => ({
  at: '2026-11-27T08:00:00.000Z',
  seconds: 61.4,
  machine: { cores: 2, processor: 'Sample', node: '24.21.0', system: 'Linux 6' },
  rows,
  failures: missedBars(rows),
  figures: { journals: { hot: { ours: 1 } } },
});

describe('a figure', () => {
  test('takes the 95th of a hundred times on the slow side', () => {
    expect(figure('x', 'ms', hundred)).toMatchObject({ median: 51, p95: 96, samples: 100 });
  });

  test('takes it on the slow side of a rate as well, which is the low one', () => {
    expect(figure('x', 'per second', hundred)).toMatchObject({ median: 51, p95: 5 });
  });

  test('does not take nothing for a measurement', () => {
    expect(() => quantile([], 0.5)).toThrow('Nothing was measured.');
    expect(() => quantile([Number.NaN], 0.5)).toThrow('Nothing was measured.');
  });
});

describe('a bar', () => {
  test('is met up to its limit and missed beyond it', () => {
    expect(signature([40, 40, 40]).bar).toMatchObject({ value: 2, met: true });
    expect(missedBars([signature([40, 40, 40])])).toEqual([]);
    expect(missedBars([signature([41, 41, 41])])).toEqual([
      'Signature misses its bar (at most 2 times): 2.05 is more than 2.',
    ]);
  });
});

describe('what is printed', () => {
  test('the table names unit, samples, median, p95, reference, ratio and bar', () => {
    const lines = asTable(outcome([signature([30, 30, 50])])).split('\n');
    expect(lines[0]).toBe(
      '2026-11-27T08:00:00.000Z, 2 cores (Sample), Node 24.21.0, Linux 6; took 61 s',
    );
    expect(lines.find((line) => line.startsWith('Signature '))?.split(/ {2,}/u)).toEqual([
      'Signature',
      'ms',
      '30.0',
      '50.0',
      '3',
      '20.0',
      '20.0',
      '3',
      '1.50',
      'met: 1.50 of 2',
    ]);
    expect(lines).toContain('Signature: two processes; reference: one process.');
    expect(lines).toContain('Signature: Half of it is maths.');
  });

  test('the JSON is one line that says whether all is well', () => {
    const good = asJson(outcome([signature([30, 30, 30])]));
    expect(good).not.toContain('\n');
    expect(JSON.parse(good)).toMatchObject({
      ok: true,
      rows: [{ name: 'Signature', ratio: 1.5 }],
      journals: { hot: { ours: 1 } },
    });
    expect(JSON.parse(asJson(outcome([signature([90, 90, 90])])))).toMatchObject({ ok: false });
  });

  test.each([
    [1234.5, '1,235'],
    [56.78, '56.8'],
    [1.234, '1.23'],
  ])('%d is printed as %s', (value, text) => {
    expect(inDigits(value)).toBe(text);
  });
});

describe('the words after npm run bench', () => {
  const parts = ['mpc', 'ledger', 'pages'];

  test('are --json and names of parts, bare or after --only', () => {
    expect(readBenchCommand(['ledger', '--json'], parts)).toEqual({
      isJson: true,
      only: ['ledger'],
    });
    expect(readBenchCommand([], parts)).toEqual({ isJson: false, only: parts });
    expect(readBenchCommand(['--only', 'pages,mpc', '--json'], parts)).toEqual({
      isJson: true,
      only: ['pages', 'mpc'],
    });
  });

  test.each([
    [['--only'], 'After --only come names of parts.'],
    [['--only', 'nothing'], '“nothing” is no part.'],
    [['--only', 'mpc,'], 'After --only come names of parts.'],
    [['-v'], 'There is no option “-v” here.'],
  ])('%j is refused with a sentence and the usage', (words, sentence) => {
    expect(() => readBenchCommand(words, parts)).toThrow(`${sentence}\n\nnpm run bench `);
  });
});
