/** The bench as a table for people and as one JSON object for programs. Pure. */
import type { Bar, Figure, Row } from './row.ts';

export type Machine = { cores: number; processor: string; node: string; system: string };

export type Outcome = {
  /** ISO instant of the start. */
  at: string;
  seconds: number;
  machine: Machine;
  rows: Row[];
  /** One sentence for each part, page or bar that failed. */
  failures: string[];
  /** What parts put under names of their own. */
  figures: Readonly<Record<string, unknown>>;
};

/** Three significant digits at least, and never a tail that nobody can measure. */
export function inDigits(value: number): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return value.toLocaleString('en', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

const figureCells = ({ median, p95, samples }: Figure): string[] => [
  inDigits(median),
  inDigits(p95),
  String(samples),
];

const barCell = (bar: Bar | null): string =>
  bar === null ? '' : `${bar.met ? 'met' : 'MISSED'}: ${inDigits(bar.value)} of ${bar.limit}`;

const HEAD = [
  '',
  'unit',
  'median',
  'p95',
  'samples',
  'reference',
  'p95',
  'samples',
  'ratio',
  'bar',
];
/** Columns of words stand left, those of numbers right. */
const LEFT = new Set([0, 1, 9]);

function layOut(rows: readonly (readonly string[])[]): string[] {
  const widths = HEAD.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, at) =>
        LEFT.has(at) ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}

const inShort = ([first = '', ...others]: readonly string[]): string =>
  others.length === 0 ? first : `${first} and ${others.length} more`;

/** What was compared with what: one line for all rows that compare the same, and the rows' notes. */
function legend(rows: readonly Row[]): string[] {
  const names = new Map<string, string[]>();
  for (const { name, measured, reference } of rows) {
    const compared = `${measured.what}; reference: ${reference.what}.`;
    names.set(compared, [...(names.get(compared) ?? []), name]);
  }
  return [
    ...[...names].map(([compared, of]) => `${inShort(of)}: ${compared}`),
    ...rows.flatMap(({ name, notes }) => notes.map((note) => `${name}: ${note}`)),
  ];
}

export function asTable({ at, seconds, machine, rows, failures }: Outcome): string {
  const cells = rows.map((row) => [
    row.name,
    row.unit,
    ...figureCells(row.measured),
    ...figureCells(row.reference),
    inDigits(row.ratio),
    barCell(row.bar),
  ]);
  const { cores, processor, node, system } = machine;
  return [
    `${at}, ${cores} cores (${processor}), Node ${node}, ${system}; took ${seconds.toFixed(0)} s`,
    '',
    ...layOut([HEAD, ...cells]),
    '',
    ...legend(rows),
    ...(failures.length > 0 ? ['', ...failures.map((failure) => `FAILED: ${failure}`)] : []),
  ].join('\n');
}

/** One line, so that it is the last line of stdout whatever a package manager prints before. */
export const asJson = ({ figures, ...outcome }: Outcome): string =>
  JSON.stringify({
    ...figures,
    type: 'countersign/bench/v1',
    ok: outcome.failures.length === 0,
    ...outcome,
  });
