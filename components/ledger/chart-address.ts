import type { ChartView } from '#lib/operations/view-chart.ts';

export const chartPath = '/ledger/accounts';

/** What was asked for as the query of an address, with its question mark; empty when nothing was. */
export function chartAddress(asked: ChartView['asked'], cursor?: [string, string]): string {
  const query = new URLSearchParams(asked);
  if (cursor) query.set(...cursor);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

/** Address of the file with every account that was asked for. */
export const chartFile = (asked: ChartView['asked']): string =>
  `${chartPath}/chart.csv${chartAddress(asked)}`;
