import type { DestinationRecord } from '#lib/operations/view-destination.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { AddressFact, chainName } from '../operations/address-fact.tsx';
import { UnusualFact } from '../operations/unusual-fact.tsx';
import { Countdown } from '../ui/countdown.tsx';
import { DescriptionList, type Description } from '../ui/description-list.tsx';
import { PageHeader, SectionHeading } from '../ui/page-header.tsx';
import { Panel, PanelRow } from '../ui/panel.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import { classWords, evidenceWords, standingMarks, wordOf } from './destination-words.ts';
import { RemoveDestination } from './remove-destination.tsx';

/** One address of the book: what it is, what showed whose it is, and what was done about it. */
export function DestinationRecordScreen({
  record,
  serverNow,
}: {
  record: DestinationRecord;
  serverNow: string;
}) {
  const mark = standingMarks[record.standing];
  const canRemove = record.state === 'listed' && record.remove.allowed;
  return (
    <>
      <PageHeader
        crumbs={[{ label: 'Destinations', href: '/destinations' }, { label: record.client }]}
        title={record.label}
        state={
          <StatusMark shape={mark.shape} tone={mark.tone}>
            {mark.words}
          </StatusMark>
        }
        action={canRemove && <RemoveDestination destination={record.id} label={record.label} />}
      />
      <LiveRefresh topics={['operations', 'destinations']} />
      <div className="max-w-[56rem] space-y-8">
        <DescriptionList items={factsOf(record, serverNow)} />
        <section>
          <SectionHeading>What was done about it</SectionHeading>
          {record.operations.length === 0 ? (
            <p className="text-text-quiet">Nothing is on record.</p>
          ) : (
            <Panel label="Operations about it, newest first">
              {record.operations.map(({ id, number, kindName, state, raisedAt }) => (
                <PanelRow
                  key={id}
                  title={<TextLink href={`/operations/${id}`}>{number}</TextLink>}
                  aside={state}
                >
                  {kindName} · raised <Time instant={raisedAt} />
                </PanelRow>
              ))}
            </Panel>
          )}
        </section>
      </div>
    </>
  );
}

function factsOf(record: DestinationRecord, serverNow: string): Description[] {
  const { standing, cooledAt, listedAt, removedAt } = record;
  return [
    {
      term: 'Address',
      detail: (
        <AddressFact address={record.address}>
          {chainName(record.chain)} · {record.asset}
        </AddressFact>
      ),
    },
    { term: 'Client', detail: record.client },
    { term: 'Class', detail: wordOf(classWords, record.class) },
    {
      term: 'Evidence',
      detail:
        record.evidenceMethod === null ? (
          'None: nothing shows that the address is the client’s.'
        ) : (
          <>
            {wordOf(evidenceWords, record.evidenceMethod)}
            {record.evidence !== null && (
              <span className="block text-text-quiet">
                <bdi>{record.evidence}</bdi>
              </span>
            )}
          </>
        ),
    },
    {
      term: 'Listed',
      detail: listedAt === null ? 'not yet' : <Time instant={listedAt} />,
    },
    ...(standing === 'cooling' && cooledAt !== null
      ? [
          {
            term: 'Cool-down',
            detail: (
              <>
                Nothing goes there for another{' '}
                <Countdown until={cooledAt} serverNow={serverNow} passed="moment" />
              </>
            ),
          },
        ]
      : []),
    { term: 'Certified until', detail: <Time instant={record.expiresAt} /> },
    ...(removedAt === null ? [] : [{ term: 'Removed', detail: <Time instant={removedAt} /> }]),
    {
      term: 'Payments',
      detail:
        record.timesUsed === 0 ? (
          <>
            None yet.
            {record.firstUseCap !== null && ` The first may be ${record.firstUseCap} at most.`}
          </>
        ) : (
          <>
            {record.timesUsed} final
            {record.lastUsedAt !== null && (
              <>
                , the last on <Time instant={record.lastUsedAt} />
              </>
            )}
          </>
        ),
    },
    ...(record.unusual
      ? [{ term: 'Unusual', detail: <UnusualFact unusual={record.unusual} /> }]
      : []),
  ];
}
