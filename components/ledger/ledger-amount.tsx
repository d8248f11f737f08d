import { OperationAmount } from '../operations/operation-amount.tsx';
import type { AmountProps } from '../ui/amount.tsx';
import { StatusMark } from '../ui/status-mark.tsx';

/** Amounts as queries print them carry the minus sign of typography. */
export const isBelowZero = (text: string): boolean => text.startsWith('−');

type Shown = Pick<AmountProps, 'value' | 'asset' | 'show'>;

/** A movement: its sign is always written, so that nobody has to infer it. */
export function Movement({ value, asset, show = 'figure' }: Shown) {
  return (
    <OperationAmount value={isBelowZero(value) ? value : `+${value}`} asset={asset} show={show} />
  );
}

/** A balance that must never be below zero, and says so when it is. */
export function Balance({ value, asset, show = 'figure' }: Shown) {
  const figure = <OperationAmount value={value} asset={asset} show={show} />;
  if (!isBelowZero(value)) return figure;
  return (
    <span className="inline-flex items-baseline gap-3">
      <StatusMark shape="ring" tone="caution">
        below zero
      </StatusMark>
      {figure}
    </span>
  );
}
