import type { LossLine, LossRecord } from '#lib/clients/losses/view-loss.ts';
import { countOf } from '../operations/counts.ts';
import { ListFoot } from '../operations/list-foot.tsx';
import { OperationAmount } from '../operations/operation-amount.tsx';
import { Pager } from '../operations/pager.tsx';
import { NarrowLine } from '../ui/narrow-line.tsx';
import { SectionHeading } from '../ui/page-header.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { Holder } from './entitlements-table.tsx';
import { JournalLink, TakenBackMark } from './taken-back.tsx';

type Shown = { line: LossLine; isDecided: boolean };

const Liability = ({ line: { liability }, isDecided }: Shown) =>
  liability === null ? (
    isDecided ? (
      <OperationAmount value="0.00" asset="EUR" look="plain" />
    ) : (
      <>Not decided</>
    )
  ) : (
    <OperationAmount value={liability} asset="EUR" look="plain" />
  );

function Paid({ line: { paid, liability }, isDecided }: Shown) {
  if (paid && paid.takenBackBy !== null)
    return <TakenBackMark paid="Paid by" journal={paid.journal} by={paid.takenBackBy} />;
  if (paid)
    return (
      <StatusMark shape="dot" tone="good">
        Paid, <JournalLink journal={paid.journal} />
      </StatusMark>
    );
  return liability === null ? (
    <StatusMark shape={isDecided ? 'square' : 'ring'}>
      {isDecided ? 'Nothing owed' : 'To be decided'}
    </StatusMark>
  ) : (
    <StatusMark shape="ring" tone="caution">
      To be paid
    </StatusMark>
  );
}

/** Each holder with what they lost, its value then, what is owed for it and whether it was paid. */
export function LossSharesTable({ record, isFirst }: { record: LossRecord; isFirst: boolean }) {
  const { loss, lines, next } = record;
  const isDecided =
    loss.state === 'accepted' || loss.state === 'settled' || loss.state === 'taken-back';
  const columns: readonly Column<LossLine>[] = [
    {
      id: 'holder',
      head: 'Holder',
      cell: (line) => (
        <>
          <Holder {...line} />
          <NarrowLine word="Lost">
            <OperationAmount value={line.amount} asset={loss.asset} look="plain" />
          </NarrowLine>
          <NarrowLine word="Value then">
            <OperationAmount value={line.value} asset="EUR" look="plain" />
          </NarrowLine>
          <NarrowLine word="Owed">
            <Liability line={line} isDecided={isDecided} />
          </NarrowLine>
          <NarrowLine word="State">
            <Paid line={line} isDecided={isDecided} />
          </NarrowLine>
        </>
      ),
    },
    {
      id: 'lost',
      narrow: 'hidden',
      head: 'Lost',
      align: 'end',
      cell: ({ amount }) => <OperationAmount value={amount} asset={loss.asset} look="plain" />,
    },
    {
      id: 'value',
      narrow: 'hidden',
      head: 'Value then',
      align: 'end',
      quiet: true,
      cell: ({ value }) => <OperationAmount value={value} asset="EUR" look="plain" />,
    },
    {
      id: 'owed',
      narrow: 'hidden',
      head: 'Owed',
      align: 'end',
      cell: (line) => <Liability line={line} isDecided={isDecided} />,
    },
    {
      id: 'state',
      narrow: 'hidden',
      head: 'State',
      cell: (line) => <Paid line={line} isDecided={isDecided} />,
    },
  ];
  const path = `/clients/losses/${loss.id}`;
  return (
    <section>
      <SectionHeading>Who lost what</SectionHeading>
      <Table
        label="Shares of the loss by account"
        columns={columns}
        rows={lines}
        rowKey={({ account }) => account}
        empty="Nobody is on this page."
        foot={<ListFoot count={countOf(lines.length, 'holder')} isFirst={isFirst} next={next} />}
      />
      <Pager
        first={isFirst ? null : path}
        next={next && `${path}?after=${encodeURIComponent(next)}`}
        what="holders"
        words={{ first: 'First', next: 'Next' }}
      />
    </section>
  );
}
