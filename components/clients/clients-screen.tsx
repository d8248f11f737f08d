import { findingWords } from '#lib/clients/agreements/agreement.ts';
import type { ClientLine, ClientsView } from '#lib/clients/list-clients.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { countOf } from '../operations/counts.ts';
import { ListFoot } from '../operations/list-foot.tsx';
import { Pager } from '../operations/pager.tsx';
import { formatInstant } from '../ui/format.ts';
import { NarrowLine } from '../ui/narrow-line.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { ClientsTabs } from './clients-tabs.tsx';

const agreementWords = ({ agreement }: ClientLine): string =>
  agreement === null
    ? 'None'
    : `${agreement.number}, version ${agreement.version}, since ${formatInstant(agreement.inForceFrom, 'day')}`;

const findingMark = ({ finding }: ClientLine) =>
  finding === null ? (
    <StatusMark shape="dot" tone="good">
      Nothing to mend
    </StatusMark>
  ) : (
    <StatusMark shape="triangle" tone="caution">
      {findingWords[finding]}
    </StatusMark>
  );

const columns: readonly Column<ClientLine>[] = [
  {
    id: 'client',
    head: 'Client',
    cell: (line) => (
      <>
        <TextLink look="plain" href={`/clients/${line.client}`}>
          {line.client}
        </TextLink>
        <NarrowLine word="Agreement">{agreementWords(line)}</NarrowLine>
        <NarrowLine word="Finding">{findingMark(line)}</NarrowLine>
        <NarrowLine word="Open matters">{line.open}</NarrowLine>
      </>
    ),
  },
  { id: 'agreement', narrow: 'hidden', head: 'Agreement in force', cell: agreementWords },
  { id: 'finding', narrow: 'hidden', head: 'Finding', cell: findingMark },
  {
    id: 'open',
    narrow: 'hidden',
    head: 'Open matters',
    align: 'end',
    quiet: true,
    cell: ({ open }) => open,
  },
];

/** Every client, with the agreement that is in force and what is to be mended. */
export function ClientsScreen({ view, isFirst }: { view: ClientsView; isFirst: boolean }) {
  const { clients, next } = view;
  return (
    <>
      <PageHeader title="Clients" state={clientsState(view)} />
      <ClientsTabs current="/clients" />
      {isFirst && <LiveRefresh topics={['clients']} />}
      <Table
        label="Clients"
        columns={columns}
        rows={clients}
        rowKey={({ client }) => client}
        mark={({ finding }) => (finding === 'no-agreement' ? 'caution' : null)}
        empty="There is no client yet. One stands here from the first deposit or listed address that names it."
        foot={<ListFoot count={countOf(clients.length, 'client')} isFirst={isFirst} next={next} />}
      />
      <Pager
        first={isFirst ? null : '/clients'}
        next={next && `/clients?after=${next}`}
        what="clients"
        words={{ first: 'First', next: 'Next' }}
      />
    </>
  );
}

function clientsState({ total, withoutAny }: ClientsView): string {
  if (total === 0) return 'No client is on record.';
  if (withoutAny === 0) return `Each of ${countOf(total, 'client')} has an agreement on record.`;
  return `${withoutAny} of ${countOf(total, 'client')} ${withoutAny === 1 ? 'has' : 'have'} no agreement on record. Their assets are kept and returned like all others; register what was signed.`;
}
