import type { LedgerAccountView } from '#lib/operations/view-ledger-account.ts';
import { OperationAmount } from '../operations/operation-amount.tsx';
import { countOf } from '../operations/counts.ts';
import { Hash } from '../ui/grouped.tsx';
import { NarrowLine } from '../ui/narrow-line.tsx';
import { SectionHeading } from '../ui/page-header.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { Time } from '../ui/time.tsx';

type Pending = LedgerAccountView['pending'][number];

const columns = (asset: string): readonly Column<Pending>[] => [
  {
    id: 'transaction',
    head: 'Transaction',
    cell: ({ txid, height, amount, seenAt }) => (
      <>
        <Hash value={txid} />
        <NarrowLine word="Amount">
          <OperationAmount value={amount} asset={asset} />
        </NarrowLine>
        <NarrowLine word="In block">{height}</NarrowLine>
        <NarrowLine word="Seen">
          <Time instant={seenAt} />
        </NarrowLine>
      </>
    ),
  },
  {
    id: 'amount',
    narrow: 'hidden',
    head: 'Amount',
    align: 'end',
    cell: ({ amount }) => <OperationAmount value={amount} asset={asset} show="figure" />,
  },
  { id: 'block', narrow: 'hidden', head: 'In block', align: 'end', cell: ({ height }) => height },
  {
    id: 'seen',
    narrow: 'hidden',
    head: 'Seen',
    align: 'end',
    quiet: true,
    cell: ({ seenAt }) => <Time instant={seenAt} />,
  },
];

/** Deposits that a block has and that the chain may still undo. */
export function PendingDeposits({ view }: { view: LedgerAccountView }) {
  const { asset, pending, hasMorePending } = view;
  if (pending.length === 0) return null;
  return (
    <section>
      <SectionHeading>Pending deposits</SectionHeading>
      <Table
        label="Deposits that are not credited yet"
        columns={columns(asset)}
        rows={pending}
        rowKey={({ txid, place }) => `${txid}:${place}`}
        foot={
          hasMorePending
            ? `The newest ${pending.length}; there are more.`
            : `${countOf(pending.length, 'deposit')}. Each is credited when its block is deep enough, and goes if the chain drops it.`
        }
      />
    </section>
  );
}
