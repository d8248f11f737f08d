import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { csvOf } from '#lib/platform/csv.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { workbookOf } from '#lib/platform/spreadsheet.ts';
import { amountText } from '../report/figures.ts';
import { readInstant } from '../report/knowledge.ts';
import { viewYear, type YearView } from './view-year.ts';

const heads = ['Incident', 'Gross costs and losses', 'Recoveries', 'Net', 'Currency'];

/** The yearly estimate as a file: CSV for programs, a workbook for people. */
export async function yearFile(
  actor: Actor,
  input: { year: unknown; format: string | null },
  context: Context,
): Promise<Result<{ name: string; bytes: Uint8Array }>> {
  if (input.format !== 'csv' && input.format !== 'xlsx')
    return refuse('format-unknown', 'The estimate is downloaded as csv or xlsx.');
  const view = await viewYear(actor, { year: input.year }, context);
  if (!view.ok) return view;
  // A file of another year than was asked for would be taken for the one.
  if (view.value.problem !== null) return refuse('year-unknown', view.value.problem);
  const { year } = view.value;
  return ok({
    name: `incident-costs-${year}.${input.format}`,
    bytes: input.format === 'csv' ? csvBytes(view.value) : await workbook(view.value),
  });
}

const linesOf = ({ rows, gross, recoveries, net, currency }: YearView): string[][] =>
  [...rows, { incident: 'Total', gross, recoveries, net }].map((row) => [
    row.incident,
    amountText(row.gross),
    amountText(row.recoveries),
    amountText(row.net),
    currency,
  ]);

const csvBytes = (view: YearView): Uint8Array =>
  new TextEncoder().encode(
    csvOf([
      heads,
      ...linesOf(view).map(([incident = '', gross = '', recoveries = '', net = '', unit = '']) => [
        incident,
        { figure: gross },
        { figure: recoveries },
        { figure: net },
        unit,
      ]),
    ]),
  );

const workbook = (view: YearView): Promise<Uint8Array> =>
  workbookOf([
    { name: 'Estimate', widths: [20, 24, 18, 18, 10], heads, rows: linesOf(view) },
    {
      name: 'About',
      widths: [24, 90],
      heads: ['What', 'Value'],
      rows: [
        ['Accounting year', String(view.year)],
        ['As of', readInstant(view.asOf)],
        [
          'Incidents',
          'Major incidents whose final report was sent in the year, or with costs booked in it',
        ],
        ['Basis', 'DORA Article 11(10); JC/GL/2024/34'],
      ],
    },
  ]);
