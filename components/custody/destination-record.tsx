import type { DestinationRecord } from '#lib/operations/view-destination.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { AddressFact, chainName } from '../operations/address-fact.tsx';
import { StateMark } from '../operations/state-mark.tsx';
import { UnusualFact } from '../operations/unusual-fact.tsx';
import { Countdown } from '../ui/countdown.tsx';
import { DescriptionList, type Description } from '../ui/description-list.tsx';
import { Code } from '../ui/grouped.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeader, SectionHeading } from '../ui/page-header.tsx';
import { Panel, PanelRow } from '../ui/panel.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import { NoEvidence } from './certificate-facts.tsx';
import { classWords, evidenceWords, markOf, stateWords, wordOf } from './destination-words.ts';
import { nextMoment } from './next-moment.ts';
import { PendingCertification } from './pending-certification.tsx';
import { RefreshAt } from './refresh-at.tsx';
import { RemoveDestination } from './remove-destination.tsx';

/** One address of the book: what it is, what showed whose it is, and what was done about it. */
export function DestinationRecordScreen({
  record,
  serverNow,
}: {
  record: DestinationRecord;
  serverNow: string;
}) {
  const mark = markOf(record);
  const moment = nextMoment([record], serverNow);
  const canRemove = record.state === 'listed' && record.remove.allowed;
  const certify = record.certify.allowed && (
    <LinkButton
      tone={record.isDue ? 'primary' : 'secondary'}
      href={`/destinations/${record.id}/certify`}
    >
      Certify again
    </LinkButton>
  );
  return (
    <div className="max-w-[56rem]">
      <PageHeader
        crumbs={[
          { label: 'Destinations', href: '/destinations' },
          { label: record.client, href: `/destinations?client=${record.client}` },
        ]}
        title={<bdi>{record.label}</bdi>}
        state={
          <StatusMark shape={mark.shape} tone={mark.tone}>
            {mark.words}
          </StatusMark>
        }
        action={
          (certify || canRemove) && (
            <>
              {certify}
              {canRemove && <RemoveDestination destination={record} />}
            </>
          )
        }
      />
      <LiveRefresh topics={['operations', 'destinations']} />
      {moment !== null && <RefreshAt key={moment} instant={moment} serverNow={serverNow} />}
      <div className="space-y-8">
        <CertificationNotice record={record} />
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
                  title={
                    <TextLink href={`/operations/${id}`}>
                      <Code>{number}</Code>
                    </TextLink>
                  }
                  aside={<StateMark state={state} waitsFor={stateWords[state]} forMe={false} />}
                >
                  {kindName} · raised <Time instant={raisedAt} />
                </PanelRow>
              ))}
            </Panel>
          )}
        </section>
      </div>
    </div>
  );
}

/** A certification under way, or one that has to be renewed; nothing where neither is so. */
function CertificationNotice({ record }: { record: DestinationRecord }) {
  const { pending, isDue, standing, expiresAt } = record;
  if (pending !== null) return <PendingCertification pending={pending} />;
  if (!isDue) return null;
  const why = record.certify.allowed ? '' : ` ${record.certify.sentence}`;
  return standing === 'expired' ? (
    <Notice tone="danger" title="Its certification has ended.">
      Nothing goes there since <Time instant={expiresAt} />, until three people certify it again.
      {why}
    </Notice>
  ) : (
    <Notice tone="caution" title="Its certification ends soon.">
      From <Time instant={expiresAt} /> on nothing goes there, unless it is certified again before.
      {why}
    </Notice>
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
          <NoEvidence />
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
