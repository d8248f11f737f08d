import type { ReactNode } from 'react';
import { OperationAmount } from '../operations/operation-amount.tsx';

export type AmountFigure = {
  label: string;
  /** Exact decimal text with every digit of the asset. */
  value: string;
  asset: string;
  /** What makes the figure mean something. */
  note?: ReactNode;
};

/**
 * Amounts side by side, as many in a row as fit whole: an amount is never cut or broken, so figures
 * go below each other before that could happen.
 */
export function AmountFigures({ figures }: { figures: readonly AmountFigure[] }) {
  return (
    <dl className="flex flex-wrap gap-px overflow-clip rounded-md border border-line bg-line">
      {figures.map(({ label, value, asset, note }) => (
        <div key={label} className="grow basis-60 bg-surface px-4 py-4">
          <dt className="text-sm text-text-quiet">{label}</dt>
          <dd className="mt-0.5 text-lg tracking-tight">
            <span className="font-strong">
              <OperationAmount value={value} asset={asset} show="figure" />
            </span>{' '}
            <span className="text-base text-text-quiet">{asset}</span>
          </dd>
          {note && <dd className="mt-0.5 text-sm text-text-quiet">{note}</dd>}
        </div>
      ))}
    </dl>
  );
}
