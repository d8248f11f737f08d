import type { LedgerView } from '#lib/operations/view-ledger.ts';
import { countOf } from '../operations/counts.ts';
import { KeysSwitch } from '../operations/keys-switch.tsx';
import { ListFoot } from '../operations/list-foot.tsx';
import { OperationAmount } from '../operations/operation-amount.tsx';
import { Pager } from '../operations/pager.tsx';
import { NarrowLine } from '../ui/narrow-line.tsx';
import { SectionHeading } from '../ui/page-header.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { accountPath } from './ledger-words.ts';

type Row = LedgerView['clients'][number];

const columns: readonly Column<Row>[] = [
  {
    id: 'client',
    head: 'Client',
    cell: ({ client, asset, posted, held, available }) => (
      <>
        <TextLink look="plain" href={accountPath(`client/${client}/${asset}`)}>
          {client}
        </TextLink>
        <NarrowLine word="Owed">
          <OperationAmount value={posted} asset={asset} />
        </NarrowLine>
        <NarrowLine word="Set aside">
          <OperationAmount value={held} asset={asset} look="plain" />
        </NarrowLine>
        <NarrowLine word="Available">
          <OperationAmount value={available} asset={asset} look="plain" />
        </NarrowLine>
      </>
    ),
  },
  {
    id: 'posted',
    narrow: 'hidden',
    head: 'Owed',
    align: 'end',
    cell: ({ posted, asset }) => <OperationAmount value={posted} asset={asset} show="figure" />,
  },
  {
    id: 'held',
    narrow: 'hidden',
    head: 'Set aside',
    align: 'end',
    quiet: true,
    cell: ({ held, asset }) => (
      <OperationAmount value={held} asset={asset} show="figure" look="plain" />
    ),
  },
  {
    id: 'available',
    narrow: 'hidden',
    head: 'Available',
    align: 'end',
    cell: ({ available, asset }) => (
      <OperationAmount value={available} asset={asset} show="figure" look="plain" />
    ),
  },
  { id: 'asset', narrow: 'hidden', head: 'Asset', quiet: true, cell: ({ asset }) => asset },
];

/** What each client is owed, a page at a time, with the sums of what is shown. */
export function ClientBalances({
  view,
  isFirst,
}: {
  view: Pick<LedgerView, 'clients' | 'clientSums' | 'next'>;
  isFirst: boolean;
}) {
  const { clients, clientSums, next } = view;
  return (
    <section>
      <SectionHeading>Clients</SectionHeading>
      <Table
        label="Client balances"
        columns={columns}
        rows={clients}
        rowKey={({ client, asset }) => `${client} ${asset}`}
        empty="No client has a balance yet. One stands here from the first deposit that names its client."
        foot={
          <>
            <ListFoot count={countOf(clients.length, 'balance')} isFirst={isFirst} next={next} />
            {clientSums.map((sum) => (
              <Sum key={sum.asset} {...sum} />
            ))}
          </>
        }
        footEnd={<KeysSwitch />}
      />
      <Pager
        first={isFirst ? null : '/ledger'}
        next={next && `/ledger?after=${next}`}
        what="clients"
        words={{ first: 'First', next: 'Next' }}
      />
    </section>
  );
}

function Sum({ asset, posted, held, available }: LedgerView['clientSums'][number]) {
  return (
    <div>
      Together <OperationAmount value={posted} asset={asset} /> owed,{' '}
      <OperationAmount value={held} asset={asset} /> set aside,{' '}
      <OperationAmount value={available} asset={asset} /> available
    </div>
  );
}
