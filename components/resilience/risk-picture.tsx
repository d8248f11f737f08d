import type { RiskMap } from '#lib/resilience/records/view-risk-map.ts';
import { Notice } from '../ui/notice.tsx';
import { Figures } from '../ui/panel.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { listAddress, type ListAsked } from './list-query.ts';
import { RiskMatrix } from './risk-matrix.tsx';

/** Where the risks stand, by what is left of each: every figure opens its list. */
export function RiskPicture({ map, asked }: { map: RiskMap; asked: ListAsked }) {
  if (map.count === 0) return null;
  const link = (count: number, asks: ListAsked) =>
    count === 0 ? '0' : <TextLink href={listAddress('risk', asks)}>{count}</TextLink>;
  return (
    <div className="mb-8 space-y-6">
      <Figures
        figures={[
          {
            label: 'Open or accepted',
            value: link(map.count, { state: 'open,accepted' }),
          },
          {
            label: 'Over the appetite, not accepted',
            value: link(map.over, { over: 'yes', state: 'open' }),
            note: map.over === 0 ? 'target 0' : 'target 0: treat, or have it accepted by name',
            noteTone: map.over === 0 ? 'quiet' : 'caution',
          },
          {
            label: 'Reviews overdue',
            value: link(map.overdue, { due: 'overdue' }),
            note: 'target 0',
            noteTone: map.overdue === 0 ? 'quiet' : 'danger',
          },
        ]}
      />
      <div>
        <p className="mb-2 text-sm text-text-quiet">
          Residual risks that are open or accepted, by likelihood and impact
        </p>
        <RiskMatrix
          label="Number of risks by likelihood and impact"
          cell={(likelihood, impact) => {
            const cell = map.cells.find(
              (one) => one.likelihood === likelihood && one.impact === impact,
            );
            if (!cell) return null;
            const rating = `${likelihood}x${impact}`;
            return (
              <TextLink
                href={listAddress('risk', { rating, state: 'open,accepted' })}
                aria-current={asked.rating === rating ? 'true' : undefined}
                className="text-md font-strong tabular-nums"
              >
                {cell.count}
                {cell.over > 0 && (
                  <span className="ms-1 text-sm font-normal whitespace-nowrap max-medium:ms-0 max-medium:block">
                    {cell.over} over
                  </span>
                )}
              </TextLink>
            );
          }}
        />
      </div>
      {asked.rating !== undefined && (
        <Notice title="One field of the picture is shown.">
          Likelihood {asked.rating[0]}, impact {asked.rating[2]}.{' '}
          <TextLink href={listAddress('risk', {})}>Show all risks</TextLink>
        </Notice>
      )}
    </div>
  );
}
