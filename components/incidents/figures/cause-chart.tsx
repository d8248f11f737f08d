import { rootCauses } from '#lib/incidents/desk/life.ts';
import type { Cause } from '#lib/incidents/figures/load-history.ts';
import type { IncidentFigures } from '#lib/incidents/figures/view-figures.ts';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { TextLink } from '../../ui/text-link.tsx';
import { monthWithin, noticedList } from './figures-address.ts';

const causeNames: Readonly<Record<Cause, string>> = { ...rootCauses, unknown: 'Not known yet' };
const causes = Object.keys(causeNames) as Cause[];

type Months = IncidentFigures['byCause'];
type About = Pick<IncidentFigures, 'byCause' | 'period'>;

/** Incidents by cause over months: one row of bars for each cause, all to one scale, and the same in a table. */
export function CauseChart({ byCause, period }: About) {
  const most = Math.max(1, ...byCause.flatMap(({ counts }) => Object.values(counts)));
  const [first, last] = [byCause[0]?.month ?? '', byCause.at(-1)?.month ?? ''];
  return (
    <figure>
      <ul className="space-y-2" aria-label="Incidents by cause over months">
        {causes.map((cause) => (
          <CauseRow key={cause} cause={cause} byCause={byCause} period={period} most={most} />
        ))}
      </ul>
      <div
        aria-hidden="true"
        className="grid grid-cols-[minmax(0,1fr)_3rem] gap-x-4 text-xs text-text-quiet tabular-nums medium:grid-cols-[13rem_minmax(0,1fr)_3rem]"
      >
        <span className="flex justify-between medium:col-start-2">
          <span>{first}</span>
          <span>{last}</span>
        </span>
      </div>
      <figcaption className="mt-1 text-sm text-text-quiet">
        By the month in which they were noticed (UTC). All rows have the same scale: the highest bar
        is {most}.
      </figcaption>
      <details className="mt-2">
        <summary className="min-h-6 text-sm text-accent">The same figures in a table</summary>
        <CauseTable byCause={byCause} period={period} />
      </details>
    </figure>
  );
}

const totalOf = (byCause: Months, cause: Cause): number =>
  byCause.reduce((sum, { counts }) => sum + counts[cause], 0);

function CauseRow({ cause, byCause, period, most }: About & { cause: Cause; most: number }) {
  const total = totalOf(byCause, cause);
  const peak = byCause.toSorted((a, b) => b.counts[cause] - a.counts[cause])[0];
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_3rem] items-end gap-x-4 medium:grid-cols-[13rem_minmax(0,1fr)_3rem]">
      <span className="max-medium:col-span-2">{causeNames[cause]}</span>
      <svg
        viewBox={`0 0 ${byCause.length} 100`}
        preserveAspectRatio="none"
        role="img"
        aria-label={
          total === 0 || !peak
            ? `${causeNames[cause]}: none.`
            : `${causeNames[cause]}: ${total}, most in ${peak.month}: ${peak.counts[cause]}.`
        }
        className="h-9 w-full border-b border-line-strong"
      >
        {byCause.map(({ month, counts }, place) => (
          <rect
            key={month}
            x={place + 0.1}
            width="0.8"
            y={100 - (100 * counts[cause]) / most}
            height={(100 * counts[cause]) / most}
            className="fill-text-quiet"
          />
        ))}
      </svg>
      <span className="text-end font-medium tabular-nums">
        <Count count={total} href={noticedList(period, { cause })} />
      </span>
    </li>
  );
}

const Count = ({ count, href }: { count: number; href: string }) =>
  count === 0 ? (
    <span className="text-text-quiet">0</span>
  ) : (
    <TextLink href={href}>{count.toLocaleString('en')}</TextLink>
  );

const cell = 'border-b border-line py-1 ps-4 text-end font-normal tabular-nums';

/** Newest month first; the foot adds up what stands above it. */
function CauseTable({ byCause, period }: About) {
  const sumOf = (counts: Months[number]['counts']): number =>
    Object.values(counts).reduce((sum, one) => sum + one, 0);
  const all = byCause.reduce((sum, { counts }) => sum + sumOf(counts), 0);
  return (
    <ScrollRegion label="Incidents by cause and month">
      <table className="mt-1 w-full border-separate border-spacing-0 text-sm">
        <caption className="sr-only">Incidents by cause and month, newest month first</caption>
        <thead>
          <tr>
            <th scope="col" className="py-1 text-start font-medium">
              Month
            </th>
            {causes.map((cause) => (
              <th key={cause} scope="col" className={`${cell} align-bottom font-medium`}>
                {causeNames[cause]}
              </th>
            ))}
            <th scope="col" className={`${cell} font-medium`}>
              All
            </th>
          </tr>
        </thead>
        <tbody>
          {byCause.toReversed().map(({ month, counts }) => {
            const days = monthWithin(month, period);
            return (
              <tr key={month}>
                <th
                  scope="row"
                  className="border-b border-line py-1 text-start font-normal whitespace-nowrap"
                >
                  {month}
                </th>
                {causes.map((cause) => (
                  <td key={cause} className={cell}>
                    <Count count={counts[cause]} href={noticedList(days, { cause })} />
                  </td>
                ))}
                <td className={cell}>
                  <Count count={sumOf(counts)} href={noticedList(days)} />
                </td>
              </tr>
            );
          })}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" className="py-1 text-start font-medium">
              All
            </th>
            {causes.map((cause) => (
              <td key={cause} className={`${cell} font-medium`}>
                <Count count={totalOf(byCause, cause)} href={noticedList(period, { cause })} />
              </td>
            ))}
            <td className={`${cell} font-medium`}>
              <Count count={all} href={noticedList(period)} />
            </td>
          </tr>
        </tfoot>
      </table>
    </ScrollRegion>
  );
}
