import type { BandView } from '#lib/operations/tiers/tier-holdings.ts';
import type { SharePoint } from '#lib/operations/tiers/view-tiers.ts';
import { tableLook } from './tier-table-look.ts';
import { shareText } from './share-text.ts';
import { dayPlaces, historyRange, pointsOf } from './tier-history-shape.ts';

/** The share in cold over the last 90 days against the promise, and every figure of it in a table. */
export function TierHistory({
  of,
  history,
  band,
  today,
}: {
  of: string;
  history: readonly SharePoint[];
  band: BandView;
  /** ISO instant of the page. */
  today: string;
}) {
  if (history.length === 0)
    return <p className="text-text-quiet">The chart begins tomorrow, with the first full day.</p>;
  const range = historyRange(history, band);
  const places = dayPlaces(today);
  const runs = pointsOf(history, places, range);
  const y = (share: number) => 100 - (100 * (share - range.from)) / (range.to - range.from);
  const [first, last] = [history[0], history.at(-1)];
  const shares = history.map(({ shares: { cold } }) => cold ?? 0);
  return (
    <figure>
      <div className="grid grid-cols-[4.5rem_minmax(0,1fr)] gap-x-2">
        <div
          className="flex flex-col justify-between text-end text-xs text-text-quiet tabular-nums"
          aria-hidden="true"
        >
          <span>{shareText(range.to)}</span>
          <span>{shareText(range.from)}</span>
        </div>
        <svg
          viewBox="0 0 90 100"
          preserveAspectRatio="none"
          role="img"
          aria-label={`Share of ${of} in cold at the end of ${history.length} of the last 90 days: lowest ${shareText(Math.min(...shares))}, highest ${shareText(Math.max(...shares))}, last ${shareText(last?.shares.cold ?? null)}.`}
          className="h-32 w-full border-s border-b border-line"
        >
          <line
            x1="0"
            x2="90"
            y1={y(band.floor)}
            y2={y(band.floor)}
            strokeDasharray="4 4"
            vectorEffect="non-scaling-stroke"
            className="stroke-text-quiet"
          />
          {runs.map((run) => (
            <polyline
              key={run}
              points={run}
              fill="none"
              strokeWidth="2"
              strokeLinecap="round"
              vectorEffect="non-scaling-stroke"
              className="stroke-tier-cold"
            />
          ))}
        </svg>
      </div>
      <figcaption className="mt-1 text-sm text-text-quiet">
        {first?.day} to {last?.day} (UTC). The dashed line is the promise, over{' '}
        {shareText(band.floor)}. A day on which the books were not closed is left out.
      </figcaption>
      <details className="mt-2">
        <summary className="min-h-6 text-sm">The figures of each day</summary>
        <table className={tableLook.table}>
          <caption className="sr-only">Shares of {of} by tier, newest day first</caption>
          <thead>
            <tr>
              {['Day', 'Cold', 'Warm', 'Hot'].map((head, place) => (
                <th key={head} scope="col" className={place === 0 ? tableLook.name : tableLook.end}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {history.toReversed().map(({ day, shares: { cold, warm, hot } }) => (
              <tr key={day} className="border-t border-line">
                <th scope="row" className={tableLook.name}>
                  {day}
                </th>
                {Object.entries({ cold, warm, hot }).map(([tier, share]) => (
                  <td key={tier} className={tableLook.end}>
                    {shareText(share)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
