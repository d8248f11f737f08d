/** One row of the bench: what was measured, beside a reference of the same run. Pure. */

/** How a figure is read: a time or a size is better low, a rate high. */
export type Unit = 'ms' | 'per second' | 'kB';

export type Figure = {
  /** What was measured, in words. */
  what: string;
  samples: number;
  median: number;
  /** 95 in 100 samples are this good or better, so it lies on the worse side of the median. */
  p95: number;
};

/** A limit that the project set itself. */
export type Bar = { says: string; limit: number; value: number; met: boolean };

export type Row = {
  part: string;
  name: string;
  unit: Unit;
  measured: Figure;
  reference: Figure;
  /** Median over median. */
  ratio: number;
  bar: Bar | null;
  /** What else is worth knowing, one sentence each. */
  notes: string[];
};

const isBetterHigh = (unit: Unit): boolean => unit === 'per second';

/** @throws when there is nothing to take it of: an empty measurement must not look like a good one. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  if (value === undefined || !Number.isFinite(value)) throw new Error('Nothing was measured.');
  return value;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

export function figure(what: string, unit: Unit, values: readonly number[]): Figure {
  const worse = isBetterHigh(unit) ? values.map((value) => -value) : values;
  return {
    what,
    samples: values.length,
    median: median(values),
    p95: Math.abs(quantile(worse, 0.95)),
  };
}

type Measurement = { what: string; values: readonly number[] };

export function makeRow(of: {
  part: string;
  name: string;
  unit: Unit;
  measured: Measurement;
  reference: Measurement;
  /** The limit, and what of the two medians it is about. */
  bar?: { says: string; limit: number; of: (measured: number, reference: number) => number };
  notes?: string[];
}): Row {
  const { part, name, unit, notes = [] } = of;
  const measured = figure(of.measured.what, unit, of.measured.values);
  const reference = figure(of.reference.what, unit, of.reference.values);
  const value = of.bar?.of(measured.median, reference.median) ?? 0;
  const bar = of.bar
    ? { says: of.bar.says, limit: of.bar.limit, value, met: value <= of.bar.limit }
    : null;
  return {
    part,
    name,
    unit,
    measured,
    reference,
    ratio: measured.median / reference.median,
    bar,
    notes,
  };
}

/** A sentence for each row that misses its bar. */
export const missedBars = (rows: readonly Row[]): string[] =>
  rows.flatMap(({ name, bar }) =>
    bar === null || bar.met
      ? []
      : [
          `${name} misses its bar (${bar.says}): ${bar.value.toFixed(2)} is more than ${bar.limit}.`,
        ],
  );
