import type { CalendarLine } from '#lib/privacy/retention/calendar.ts';
import { schedule } from '#lib/privacy/retention/schedule.ts';
import { ScrollRegion } from '../../ui/scroll-region.tsx';

type Shown = { months: readonly string[]; lines: readonly CalendarLine[] };

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, one) => sum + one, 0);

/** What falls due in the months that come: a row of bars for each rule, all to one scale, and the same in a table. */
export function CalendarChart({ months, lines }: Shown) {
  const highest = Math.max(0, ...lines.flatMap(({ counts }) => counts));
  const most = Math.max(1, highest);
  const [first, last] = [months[0] ?? '', months.at(-1) ?? ''];
  return (
    <figure>
      <ul className="space-y-2" aria-label="What falls due by rule and month">
        {lines.map((line) => (
          <CalendarRow key={line.code} line={line} months={months} most={most} />
        ))}
      </ul>
      <div
        aria-hidden="true"
        className="grid grid-cols-[minmax(0,1fr)_4rem] gap-x-4 text-xs text-text-quiet tabular-nums medium:grid-cols-[16rem_minmax(0,1fr)_4rem]"
      >
        <span className="flex justify-between medium:col-start-2">
          <span>{first}</span>
          <span>{last}</span>
        </span>
      </div>
      <figcaption className="mt-1 text-sm text-text-quiet">
        By the month in which a period is over (UTC), without regard to holds and open matters;{' '}
        {first} counts what is over already, too.{' '}
        {highest === 0
          ? 'Nothing falls due in any of them.'
          : `All rows have the same scale: the highest bar is ${highest.toLocaleString('en')}.`}{' '}
        Of a later service for a client, the calendar knows nothing.
      </figcaption>
      <details className="mt-2">
        <summary className="min-h-6 text-sm text-accent">The same figures in a table</summary>
        <CalendarTable months={months} lines={lines} />
      </details>
    </figure>
  );
}

function CalendarRow({
  line: { code, counts },
  months,
  most,
}: {
  line: CalendarLine;
  months: readonly string[];
  most: number;
}) {
  const total = sumOf(counts);
  const peak = Math.max(...counts);
  const { name } = schedule[code];
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_4rem] items-end gap-x-4 medium:grid-cols-[16rem_minmax(0,1fr)_4rem]">
      <span className="max-medium:col-span-2">{name}</span>
      <svg
        viewBox={`0 0 ${counts.length} 100`}
        preserveAspectRatio="none"
        role="img"
        aria-label={
          total === 0
            ? `${name}: nothing falls due.`
            : `${name}: ${total}, most in ${months[counts.indexOf(peak)]}: ${peak}.`
        }
        className="h-9 w-full border-b border-line-strong"
      >
        {counts.map((count, place) => (
          <rect
            key={months[place]}
            x={place + 0.1}
            width="0.8"
            y={100 - (100 * count) / most}
            height={(100 * count) / most}
            className="fill-text-quiet"
          />
        ))}
      </svg>
      <span className="text-end font-medium tabular-nums">{total.toLocaleString('en')}</span>
    </li>
  );
}

const cell = 'border-b border-line py-1 ps-4 text-end font-normal tabular-nums';

function CalendarTable({ months, lines }: Shown) {
  return (
    <ScrollRegion label="What falls due by rule and month">
      <table className="mt-1 w-full border-separate border-spacing-0 text-sm">
        <caption className="sr-only">What falls due by rule and month, this month first</caption>
        <thead>
          <tr>
            <th scope="col" className="py-1 text-start font-medium">
              Month
            </th>
            {lines.map(({ code }) => (
              <th key={code} scope="col" className={`${cell} align-bottom font-medium`}>
                {schedule[code].name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {months.map((month, place) => (
            <tr key={month}>
              <th
                scope="row"
                className="border-b border-line py-1 text-start font-normal whitespace-nowrap"
              >
                {month}
              </th>
              {lines.map(({ code, counts }) => (
                <td key={code} className={cell}>
                  {(counts[place] ?? 0).toLocaleString('en')}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
