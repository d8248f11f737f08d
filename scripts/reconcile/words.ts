/** The answer of `npm run reconcile` for people. Pure. */

export type RunLine = {
  id: string;
  kind: string;
  asset: string;
  place: string;
  matched: number;
  /** Breaks of the place that are not closed. */
  breaks: number;
};

/** One line for each run, in columns, and what it comes to. */
export function runsTable(runs: readonly RunLine[], open: number): string {
  const rows = [
    ['KIND', 'ASSET', 'PLACE', 'MATCHED', 'OPEN BREAKS'],
    ...runs.map((run) => [run.kind, run.asset, run.place, String(run.matched), String(run.breaks)]),
  ];
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [...lines, '', sentence(open)].join('\n');
}

function sentence(open: number): string {
  if (open === 0) return 'No break is open.';
  return `${open === 1 ? 'One break is' : `${open} breaks are`} open. /reconciliation shows them.`;
}
