import { OperationAmount } from '../operations/operation-amount.tsx';
import { StatusMark } from '../ui/status-mark.tsx';

/** Amounts as queries print them carry the minus sign of typography. */
export const isBelowZero = (text: string): boolean => text.startsWith('−');

/** A movement: its sign is always written, so that nobody has to infer it. */
export function Movement({ value, asset }: { value: string; asset: string }) {
  return (
    <OperationAmount value={isBelowZero(value) ? value : `+${value}`} asset={asset} show="figure" />
  );
}

/** A balance that must never be below zero, and says so when it is. */
export function Balance({ value, asset }: { value: string; asset: string }) {
  const figure = <OperationAmount value={value} asset={asset} show="figure" />;
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
