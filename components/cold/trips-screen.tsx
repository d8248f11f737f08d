import type { TripLine, TripsView } from '#lib/operations/cold/list-trips.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { LiveStatus } from '../live/live-status.tsx';
import { OperationAmount } from '../operations/operation-amount.tsx';
import { Countdown } from '../ui/countdown.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Code } from '../ui/grouped.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { NarrowLine } from '../ui/narrow-line.tsx';
import { newestWords } from '../ui/newest-words.ts';
import { PageHeader, SectionHeading } from '../ui/page-header.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { StageMark } from './stage-mark.tsx';
import { TripLink } from './trip-link.tsx';

/** As many trips that are over as the page shows. */
const endedShown = 20;

const Left = ({ line, serverNow }: { line: TripLine; serverNow: string }) =>
  line.expiresAt !== null && (
    <Countdown
      until={line.expiresAt}
      serverNow={serverNow}
      passed="over"
      cautionBelow={60 * 60_000}
    />
  );

const columns = (serverNow: string): readonly Column<TripLine>[] => [
  {
    id: 'number',
    head: 'Operation',
    cell: (line) => (
      <>
        <TripLink operation={line.operation}>
          <Code>{line.number}</Code>
        </TripLink>
        <span className="block max-w-52 whitespace-normal medium:hidden">
          <StageMark stage={line.stage} words={line.words} />
        </span>
        <NarrowLine word="Back within">
          {line.expiresAt !== null && <Left line={line} serverNow={serverNow} />}
        </NarrowLine>
      </>
    ),
  },
  { id: 'kind', head: 'Kind', narrow: 'hidden', cell: ({ kindName }) => kindName },
  {
    id: 'amount',
    head: 'Amount',
    align: 'end',
    cell: ({ amount, asset }) =>
      amount !== null &&
      asset !== null && <OperationAmount value={amount} asset={asset} show="figure" />,
  },
  { id: 'asset', head: 'Asset', quiet: true, cell: ({ asset }) => asset },
  { id: 'vault', head: 'Vault', narrow: 'hidden', cell: ({ vault }) => <bdi>{vault}</bdi> },
  {
    id: 'stage',
    head: 'What to do',
    wrap: true,
    narrow: 'hidden',
    cell: ({ stage, words }) => <StageMark stage={stage} words={words} />,
  },
  {
    id: 'left',
    head: 'Back within',
    align: 'end',
    quiet: true,
    narrow: 'hidden',
    cell: (line) => <Left line={line} serverNow={serverNow} />,
  },
];

const endedColumns = (serverNow: string): readonly Column<TripLine>[] =>
  columns(serverNow).flatMap((column) => {
    if (column.id === 'left') return [];
    return column.id === 'stage' ? [{ ...column, head: 'How it ended' }] : [column];
  });

const needsSomebody = ({ stage }: TripLine): boolean =>
  stage === 'to-order' || stage === 'lost' || stage === 'carry';

function stateOf({ open, coldParties }: TripsView): string {
  if (coldParties.length === 0) return 'The roster has no cold party, so nothing travels.';
  const count = open.filter(needsSomebody).length;
  const parties = coldParties.join(' and ');
  if (count === 0)
    return `Nothing waits for a trip to ${parties}, which have no network and are reached by documents that people carry.`;
  const what = count === 1 ? 'One operation waits' : `${count} operations wait`;
  return `${what} for somebody who carries a document to ${parties}, or brings its answer back.`;
}

/** Operations that go by documents to parties without a network. */
export function TripsScreen({
  view,
  serverNow,
  canRaise,
}: {
  view: TripsView;
  serverNow: string;
  canRaise: boolean;
}) {
  return (
    <>
      <PageHeader title="Cold vault" state={stateOf(view)} />
      <LiveRefresh topics={['operations']} />
      {view.open.length === 0 ? (
        <EmptyState
          title="No operation waits for a cold party"
          action={canRaise && <LinkButton href="/raise">Raise a withdrawal</LinkButton>}
        >
          {view.coldParties.length === 0
            ? 'Cold parties are named in the first roster of an organisation, when it is founded.'
            : 'Withdrawals from a cold vault and the making of its key appear here as soon as they are raised.'}
        </EmptyState>
      ) : (
        <Table
          label="Trips to cold parties"
          columns={columns(serverNow)}
          rows={view.open}
          rowKey={({ operation }) => operation}
          mark={(line) => (needsSomebody(line) ? 'caution' : null)}
          footEnd={<LiveStatus />}
        />
      )}
      {view.ended.length > 0 && (
        <section className="mt-8">
          <SectionHeading>Trips that are over</SectionHeading>
          <Table
            label="Trips that are over"
            columns={endedColumns(serverNow)}
            rows={view.ended}
            rowKey={({ operation }) => operation}
            foot={newestWords(view.ended.length, {
              shown: endedShown,
              one: 'trip that is over',
              many: 'trips that are over',
            })}
          />
        </section>
      )}
    </>
  );
}
