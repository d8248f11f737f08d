'use client';

import type { AssetAmount, QueueView } from '#lib/operations/view-queue.ts';
import { LiveProblem } from '../live/live-problem.tsx';
import { LiveStatus } from '../live/live-status.tsx';
import { useLiveQuery } from '../live/use-live-query.ts';
import { formatSpan } from '../ui/format.ts';
import { LinkButton } from '../ui/link-button.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Figures, type Figure } from '../ui/panel.tsx';
import { Table } from '../ui/table.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { useNow } from '../ui/use-now.ts';
import { actingText } from './acting-text.ts';
import { countOf, wordFor } from './counts.ts';
import { KeysSwitch } from './keys-switch.tsx';
import { OperationAmount } from './operation-amount.tsx';
import { queueColumns, rowMark } from './operation-columns.tsx';

export type QueueScreenProps = {
  initial: QueueView;
  serverNow: string;
  /** What the person is here: "Custody officer". */
  role: string;
  canRaise: boolean;
};

const QUEUE = ['operations', { list: 'queue' }] as const;

/** The officer's home: everything that is not at an end, what waits for them first. */
export function QueueScreen({ initial, serverNow, role, canRaise }: QueueScreenProps) {
  const { data, error } = useLiveQuery(QUEUE, '/api/live/queue', initial);
  const mine = data.rows.filter((row) => row.waitsForMe);
  return (
    <>
      <PageHeader
        title="Queue"
        state={<StateSentence mine={mine} serverNow={serverNow} />}
        action={
          canRaise && (
            <LinkButton tone="primary" href="/raise">
              Raise an operation
            </LinkButton>
          )
        }
      />
      <LiveProblem error={error} />
      <Figures figures={figuresOf(data, mine.length, seatNote(role, data.seat))} />
      <div className="mt-6">
        <Table
          label="Open operations"
          columns={queueColumns(serverNow)}
          rows={data.rows}
          rowKey={(row) => row.id}
          mark={rowMark}
          empty={
            <>
              Nothing is open. Operations stand here from when they are raised until they have
              ended; <TextLink href="/operations">all of them</TextLink> are under Operations.
            </>
          }
          foot={
            <>
              {countOf(data.rows.length, 'open operation')}
              {data.rows.length >= 200 && ', the first 200'} · <LiveStatus />
            </>
          }
          footEnd={<KeysSwitch />}
        />
      </div>
    </>
  );
}

/** What the person is here, and for which group they state when there is one. */
const seatNote = (role: string, seat: QueueView['seat']): string =>
  seat.group === null ? role : `${role}, ${actingText(seat)}`;

function StateSentence({ mine, serverNow }: { mine: QueueView['rows']; serverNow: string }) {
  const now = useNow(serverNow);
  const first = mine
    .flatMap((row) => (row.expiresAt === null ? [] : [Date.parse(row.expiresAt)]))
    .toSorted((a, b) => a - b)[0];
  if (first === undefined) return <>Nothing waits for you.</>;
  const many = mine.length > 1;
  return (
    <>
      {wordFor(mine.length)} operation{many ? 's wait' : ' waits'} for you.{' '}
      {many ? 'The first' : 'It'} expires in{' '}
      <span className="whitespace-nowrap tabular-nums">{formatSpan(first - now)}</span>.
    </>
  );
}

function figuresOf(data: QueueView, mine: number, role: string): Figure[] {
  const held = data.rows.filter((row) => row.state === 'held').length;
  const running = data.rows.filter((row) =>
    ['cosigned', 'signing', 'signed', 'broadcast'].includes(row.state),
  ).length;
  return [
    { label: 'Waiting for you', value: mine, note: role },
    {
      label: 'Open in all',
      value: data.rows.length,
      note: held > 0 ? `${held} held, ${running} under way` : `${running} under way, none held`,
      ...(held > 0 ? { noteTone: 'danger' } : {}),
    },
    {
      label: 'Set aside for open withdrawals',
      value: <Set amounts={data.held} />,
      note: 'of clients’ balances',
    },
    {
      label: 'Confirmed today',
      value: data.confirmedToday.count,
      note:
        data.confirmedToday.count === 0 ? (
          'no withdrawal since 00:00 UTC'
        ) : (
          <>
            <Amounts amounts={data.confirmedToday.amounts} /> since 00:00 UTC
          </>
        ),
    },
  ];
}

/** One amount is a figure; several are a list, small enough for all digits of an asset. */
function Set({ amounts }: { amounts: readonly AssetAmount[] }) {
  return amounts.length <= 1 ? (
    <Amounts amounts={amounts} />
  ) : (
    <span className="block text-base font-medium">
      <Amounts amounts={amounts} />
    </span>
  );
}

function Amounts({ amounts }: { amounts: readonly AssetAmount[] }) {
  if (amounts.length === 0) return <>0</>;
  return (
    <>
      {amounts.map(({ asset, amount }) => (
        <span key={asset} className="block whitespace-nowrap first:inline">
          <OperationAmount value={amount} asset={asset} look="plain" />
        </span>
      ))}
    </>
  );
}
