import type { YearView } from '#lib/incidents/costs/view-year.ts';
import { amountText, readAmount } from '#lib/incidents/report/figures.ts';
import type { YearlyRow } from '#lib/incidents/report/yearly-costs.ts';
import { DeskTabs } from '../desk-tabs.tsx';
import { LiveRefresh } from '../../live/live-refresh.tsx';
import { countOf } from '../../operations/counts.ts';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Figures } from '../../ui/panel.tsx';
import { PrintButton } from '../../ui/print-button.tsx';
import { Table, type Column } from '../../ui/table.tsx';
import { TextLink } from '../../ui/text-link.tsx';
import { Time } from '../../ui/time.tsx';

export const money = (cents: bigint): string => readAmount(amountText(cents));

/** What major incidents cost in one accounting year, as the authority may ask for it. */
export function YearScreen({ view }: { view: YearView }) {
  const { year, rows, gross, recoveries, net, currency, problem, asOf } = view;
  const thisYear = new Date(asOf).getUTCFullYear();
  return (
    <>
      <PageHeader
        crumbs={[{ label: 'Incidents', href: '/incidents' }, { label: 'Costs' }]}
        title={`Costs of major incidents, ${year}`}
        state={
          <>
            {countOf(rows.length, 'incident')}, amounts in {currency}, as of{' '}
            <Time instant={asOf} style="minute" />.
          </>
        }
        action={<PrintButton />}
      />
      <DeskTabs current="/incidents/costs" />
      <LiveRefresh topics={['incidents']} />
      {problem !== null && (
        <div className="mb-6">
          <Notice tone="caution" title="Not that year.">
            {problem} {year} is shown.
          </Notice>
        </div>
      )}
      <p className="screen-only mb-6 flex flex-wrap gap-x-6 gap-y-1">
        {[year - 1, year + 1]
          .filter((one) => one >= 2020 && one <= thisYear)
          .map((one) => (
            <TextLink key={one} href={`/incidents/costs?year=${one}`}>
              {one}
            </TextLink>
          ))}
        {['csv', 'xlsx'].map((format) => (
          <a
            key={format}
            download
            className="rounded-sm text-accent underline decoration-line-strong underline-offset-3"
            href={`/api/incidents/costs?year=${year}&format=${format}`}
          >
            Download as {format.toUpperCase()}
          </a>
        ))}
      </p>
      <div className="space-y-8">
        <Figures
          figures={[
            { label: 'Gross costs and losses', value: money(gross), note: currency },
            { label: 'Recoveries', value: money(recoveries), note: currency },
            { label: 'Net', value: money(net), note: currency },
          ]}
        />
        <Table
          label={`Costs of ${year} by incident`}
          columns={columnsOf(view)}
          rows={rows}
          rowKey={({ incident }) => incident}
          foot={rows.length > 0 && countOf(rows.length, 'incident')}
          empty={
            <>
              No major incident has costs in {year}. They are booked with the incident, under
              Reports. An incident whose final report was sent in the year stands here too, also
              without costs.
            </>
          }
        />
        <p className="text-sm text-text-quiet">
          Major incidents whose final report was sent in the year, or with costs booked in it: DORA,
          Art 11(10); JC/GL/2024/34. Figures are to come from validated accounts. Accounting years
          begin in January.
        </p>
      </div>
    </>
  );
}

const columnsOf = ({ ids }: YearView): Column<YearlyRow>[] => [
  {
    id: 'incident',
    head: 'Incident',
    cell: ({ incident }) => (
      <TextLink look="plain" href={`/incidents/${ids[incident] ?? ''}/reports`}>
        {incident}
      </TextLink>
    ),
  },
  { id: 'gross', head: 'Gross', align: 'end', cell: ({ gross }) => money(gross) },
  { id: 'recoveries', head: 'Recoveries', align: 'end', cell: (row) => money(row.recoveries) },
  { id: 'net', head: 'Net', align: 'end', cell: ({ net }) => money(net) },
];
