import type { EntitlementLine } from '#lib/clients/rights/load-entitlements.ts';
import type { RightsRecord } from '#lib/clients/rights/view-rights-event.ts';
import { ListFoot } from '../operations/list-foot.tsx';
import { countOf } from '../operations/counts.ts';
import { OperationAmount } from '../operations/operation-amount.tsx';
import { Pager } from '../operations/pager.tsx';
import { NarrowLine } from '../ui/narrow-line.tsx';
import { SectionHeading } from '../ui/page-header.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { JournalLink, TakenBackMark } from './taken-back.tsx';

/** Who it is: a client, or nobody yet. */
export function Holder({ account, client }: { account: string; client: string | null }) {
  return client === null ? (
    <>{account}</>
  ) : (
    <TextLink look="plain" href={`/clients/${client}`}>
      {client}
    </TextLink>
  );
}

function Outcome({
  line: { outcome, goesTo, amount },
  isApproved,
}: {
  line: EntitlementLine;
  isApproved: boolean;
}) {
  if (outcome?.journal && outcome.takenBackBy !== null)
    return (
      <TakenBackMark paid="Handed out by" journal={outcome.journal} by={outcome.takenBackBy} />
    );
  if (outcome?.journal)
    return (
      <StatusMark shape="dot" tone="good">
        Handed out, <JournalLink journal={outcome.journal} />
      </StatusMark>
    );
  if (outcome)
    return (
      <StatusMark shape="square">
        Kept by the custodian under agreement {outcome.agreement}
      </StatusMark>
    );
  if (/^[0,.]+$/.test(amount)) return <StatusMark shape="square">Less than one unit</StatusMark>;
  return goesTo === 'client' ? (
    <StatusMark shape="ring" tone="caution">
      {isApproved ? 'Entitled' : 'Computed, to be approved'}
    </StatusMark>
  ) : (
    <StatusMark shape="ring">An agreement gives it to the custodian</StatusMark>
  );
}

/** Each holder at the event with their share, and how it came to its end. */
export function EntitlementsTable({ record, isFirst }: { record: RightsRecord; isFirst: boolean }) {
  const { event, lines, next } = record;
  const isApproved =
    event.state === 'approved' || event.state === 'completed' || event.state === 'taken-back';
  const columns: readonly Column<EntitlementLine>[] = [
    {
      id: 'holder',
      head: 'Holder',
      cell: (line) => (
        <>
          <Holder {...line} />
          <NarrowLine word="Held">
            <OperationAmount value={line.position} asset={event.asset} look="plain" />
          </NarrowLine>
          <NarrowLine word="Share">
            <OperationAmount value={line.amount} asset={event.brings} look="plain" />
          </NarrowLine>
          <NarrowLine word="State">
            <Outcome line={line} isApproved={isApproved} />
          </NarrowLine>
        </>
      ),
    },
    {
      id: 'held',
      narrow: 'hidden',
      head: 'Held',
      align: 'end',
      quiet: true,
      cell: ({ position }) => <OperationAmount value={position} asset={event.asset} look="plain" />,
    },
    {
      id: 'amount',
      narrow: 'hidden',
      head: 'Share',
      align: 'end',
      cell: ({ amount }) => <OperationAmount value={amount} asset={event.brings} look="plain" />,
    },
    {
      id: 'state',
      narrow: 'hidden',
      head: 'State',
      cell: (line) => <Outcome line={line} isApproved={isApproved} />,
    },
  ];
  const path = `/clients/rights/${event.id}`;
  return (
    <section>
      <SectionHeading>Who is entitled</SectionHeading>
      <Table
        label="Entitlements by account"
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
