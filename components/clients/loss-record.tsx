import { lossStates } from '#lib/clients/losses/loss.ts';
import type { LossRecord } from '#lib/clients/losses/view-loss.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { OperationAmount } from '../operations/operation-amount.tsx';
import { DescriptionList, Footing } from '../ui/description-list.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import { ClockFact } from './clock-mark.tsx';
import { LossActs } from './loss-acts.tsx';
import { LossSharesTable } from './loss-shares-table.tsx';
import { StepPanel } from './step-panel.tsx';
import { JournalLink, TakenBackNotice } from './taken-back.tsx';

const stepWords = {
  shared: 'Shared among who held it',
  proposed: 'Proposed',
  declined: 'Sent back',
  accepted: 'Accepted with key',
  settled: 'Closed',
};

/** One loss: its value at the time, who bears which part, what was decided and what was paid. */
export function LossRecordScreen({ record, isFirst }: { record: LossRecord; isFirst: boolean }) {
  const { loss, steps, acceptRefusal } = record;
  return (
    <div className="max-w-[64rem]">
      <PageHeader
        crumbs={[
          { label: 'Clients', href: '/clients' },
          { label: 'Losses', href: '/clients/losses' },
          { label: loss.number },
        ]}
        title={`Loss ${loss.number}`}
        state={
          loss.state === 'settled' && loss.verdict
            ? `Closed: ${loss.verdict.words.toLowerCase()}.`
            : `${lossStates[loss.state]}.`
        }
        action={<LossActs record={record} />}
      />
      {isFirst && <LiveRefresh topics={['clients', 'ledger']} />}
      <div className="space-y-8">
        {acceptRefusal !== null && (
          <Notice tone="info" title="Another person accepts.">
            {acceptRefusal}
          </Notice>
        )}
        <TakenBackNotice takenBack={record.takenBack} />
        <DescriptionList items={factsOf(record)} />
        <LossSharesTable record={record} isFirst={isFirst} />
        <StepPanel
          steps={steps}
          words={stepWords}
          opened={{ words: 'Recorded', at: loss.openedAt, by: loss.openedByName }}
        />
      </div>
    </div>
  );
}

function factsOf({ loss, paidBy, takenBack }: LossRecord) {
  const { client, incident, verdict, clock, price, priceAt, source } = loss;
  return [
    {
      term: 'Of',
      detail:
        client === null ? (
          `Everybody who held ${loss.asset} then`
        ) : (
          <TextLink href={`/clients/${client}`}>{client}</TextLink>
        ),
    },
    {
      term: 'Lost',
      detail: <OperationAmount value={loss.amount} asset={loss.asset} look="plain" />,
    },
    { term: 'What happened', detail: <bdi className="whitespace-pre-wrap">{loss.subject}</bdi> },
    { term: 'Happened', detail: <Time instant={loss.occurredAt} /> },
    { term: 'Incident', detail: incident ?? 'None is named.' },
    {
      term: 'Value then',
      detail: (
        <>
          <OperationAmount value={loss.value} asset="EUR" look="plain" />
          {loss.isRoundedUp && ', rounded up to the cent'}
          <Footing>
            At <span className="figures-mono">{price}</span> EUR for one {loss.asset},{' '}
            <Time instant={priceAt} />. Source: <bdi>{source}</bdi>. It caps what can be owed (Art
            75(8)).
          </Footing>
        </>
      ),
    },
    {
      term: 'Decision',
      detail:
        verdict === null ? (
          'Nothing is proposed yet.'
        ) : (
          <>
            {verdict.words}, <OperationAmount value={verdict.liability} asset="EUR" look="plain" />{' '}
            owed
            <Footing>
              <bdi className="whitespace-pre-wrap">{verdict.reasons}</bdi>
            </Footing>
          </>
        ),
    },
    {
      term: 'In the books',
      detail: (
        <>
          {paidBy.length === 0
            ? 'No journal is named here.'
            : paidBy.map((journal, place) => (
                <span key={journal}>
                  {place > 0 && ', '}
                  <JournalLink journal={journal} />
                </span>
              ))}
          <Footing>
            {paidBy.length === 0
              ? 'Not booked by this register: until a correction takes the loss off, the books still owe what was lost.'
              : takenBack.length > 0
                ? 'Some of it was taken back by corrections, named above.'
                : 'Paid what is owed. What was lost comes off the books by a correction of its own.'}
          </Footing>
        </>
      ),
    },
    { term: 'Decide', detail: <ClockFact clock={clock} /> },
    {
      term: 'Digest of shares',
      detail: <span className="figures-mono wrap-anywhere">{loss.digest}</span>,
    },
  ];
}
