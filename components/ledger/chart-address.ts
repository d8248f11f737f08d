import type { ChartView } from '#lib/operations/view-chart.ts';
import { askedQuery } from '../ui/asked-query.ts';

export const chartPath = '/ledger/accounts';

/** Address of a page of accounts. @param cursor name and value; without one the first page. */
export const chartAddress = (asked: ChartView['asked'], cursor?: [string, string]): string =>
  `${chartPath}${askedQuery(asked, cursor)}`;

/** Address of the file with every account that was asked for. */
export const chartFile = (asked: ChartView['asked']): string =>
  `${chartPath}/chart.csv${askedQuery(asked)}`;
