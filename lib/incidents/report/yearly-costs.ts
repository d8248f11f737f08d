/**
 * The yearly estimate of costs and losses of major incidents, which the authority may ask for (DORA
 * Art 11(10); JC/GL/2024/34): per accounting year, over all major incidents whose final report was
 * sent in that year or that had costs booked in it. Whole cents, never floating point. Pure.
 */

/** Figures of one incident in one accounting year, in cents of the reporting currency. */
export type CostLine = {
  incident: string;
  /** The accounting year by the calendar year in which it begins. */
  year: number;
  /** Costs and losses before recoveries; 0 or more, negative only where a year corrects an earlier one. */
  gross: bigint;
  recoveries: bigint;
};

export type MajorIncident = {
  /** Its number. */
  id: string;
  /** Accounting year in which the final report was sent; null before that. */
  finalReportYear: number | null;
};

export type YearlyRow = { incident: string; gross: bigint; recoveries: bigint; net: bigint };

export type YearlyEstimate = {
  year: number;
  /** By incident, in the order of their numbers. */
  rows: YearlyRow[];
  gross: bigint;
  recoveries: bigint;
  net: bigint;
};

const sum = (amounts: readonly bigint[]): bigint =>
  amounts.reduce((total, amount) => total + amount, 0n);

/**
 * The estimate of one year. An incident whose final report fell in the year but that had no costs
 * booked in it has a row of zeros: the authority sees that it was not forgotten. Lines of incidents
 * that are not among the major ones don't count.
 */
export function yearlyEstimate(
  incidents: readonly MajorIncident[],
  lines: readonly CostLine[],
  year: number,
): YearlyEstimate {
  const booked = new Map<string, { gross: bigint; recoveries: bigint }>();
  for (const line of lines) {
    if (line.year !== year) continue;
    const before = booked.get(line.incident) ?? { gross: 0n, recoveries: 0n };
    booked.set(line.incident, {
      gross: before.gross + line.gross,
      recoveries: before.recoveries + line.recoveries,
    });
  }
  const ids = new Set(
    incidents
      .filter(({ id, finalReportYear }) => finalReportYear === year || booked.has(id))
      .map(({ id }) => id),
  );
  const rows = [...ids].sort(byText).map((incident) => {
    const { gross, recoveries } = booked.get(incident) ?? { gross: 0n, recoveries: 0n };
    return { incident, gross, recoveries, net: gross - recoveries };
  });
  const gross = sum(rows.map((row) => row.gross));
  const recoveries = sum(rows.map((row) => row.recoveries));
  return { year, rows, gross, recoveries, net: gross - recoveries };
}

const byText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** Fields 4.13 and 4.14 of a report: the figures of one incident over all years, in cents. */
export function costsOf(
  lines: readonly CostLine[],
  incident: string,
): { gross: bigint; recoveries: bigint; net: bigint } {
  const own = lines.filter((line) => line.incident === incident);
  const gross = sum(own.map((line) => line.gross));
  const recoveries = sum(own.map((line) => line.recoveries));
  return { gross, recoveries, net: gross - recoveries };
}

/** What 4.13 is made of, (a) to (i) of the ITS; kept behind the sum. */
export const COST_KINDS = {
  a: 'Expropriated funds or assets for which the entity is liable',
  b: 'Replacement or relocation of software, hardware or infrastructure',
  c: 'Staff',
  d: 'Contract penalties',
  e: 'Redress and compensation of clients',
  f: 'Forgone revenue',
  g: 'Internal and external communication',
  h: 'Advice, legal, forensic and remediation services',
  i: 'Other: direct charges and write-downs, provisions, pending losses, uncollected revenue, timing losses',
} as const;

export type CostKind = keyof typeof COST_KINDS;

/** What doesn’t belong into the sum (2024/1772 Art 7(2)). */
export const NOT_COSTS: readonly string[] = [
  'day-to-day maintenance',
  'keeping skills up to date',
  'improvements and upgrades after the incident',
  'insurance premiums',
];

/** The accounting year of a day (2026-03-02) by the month in which accounting years begin, 1 to 12. */
export function accountingYear(day: string, firstMonth: number): number {
  const [year = 0, month = 0] = day.split('-').map(Number);
  return month >= firstMonth ? year : year - 1;
}
