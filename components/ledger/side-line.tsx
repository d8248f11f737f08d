import { OperationAmount } from '../operations/operation-amount.tsx';
import { NarrowLine } from '../ui/narrow-line.tsx';

/** Where it is narrow: the side of a journal's line in a word, and its amount. */
export function SideLine({
  debit,
  credit,
  asset,
}: {
  debit: string | null;
  credit: string | null;
  asset: string;
}) {
  const value = debit ?? credit;
  return (
    <NarrowLine word={debit === null ? 'Credit' : 'Debit'}>
      {value !== null && <OperationAmount value={value} asset={asset} />}
    </NarrowLine>
  );
}
