import {
  computeEntitlementsAction,
  dropRightsEventAction,
  handOutAction,
  keepUnderAgreementsAction,
} from '#lib/clients/actions.ts';
import { rightsStates } from '#lib/clients/rights/event.ts';
import type { RightsRecord } from '#lib/clients/rights/view-rights-event.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { countOf } from '../operations/counts.ts';
import { OperationAmount } from '../operations/operation-amount.tsx';
import { DescriptionList, Footing } from '../ui/description-list.tsx';
import { TextAreaField, TextField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Time } from '../ui/time.tsx';
import { ActDialog } from './act-dialog.tsx';
import { ClockFact } from './clock-mark.tsx';
import { DecideDialog } from './decide-dialog.tsx';
import { EntitlementsTable } from './entitlements-table.tsx';
import { StepPanel } from './step-panel.tsx';
import { TakenBackNotice } from './taken-back.tsx';

const stepWords = {
  computed: 'Shares computed',
  approved: 'Approved with key',
  completed: 'Everything came to its end',
  dropped: 'Dropped',
};

/** One rights event: its ratio, who is entitled to what, and how far it was handed out. */
export function RightsRecordScreen({
  record,
  isFirst,
}: {
  record: RightsRecord;
  isFirst: boolean;
}) {
  const { event, steps, approveRefusal } = record;
  return (
    <div className="max-w-[64rem]">
      <PageHeader
        crumbs={[
          { label: 'Clients', href: '/clients' },
          { label: 'Rights events', href: '/clients/rights' },
          { label: event.number },
        ]}
        title={<bdi>{event.title}</bdi>}
        state={`${rightsStates[event.state]}.`}
        action={<Acts record={record} />}
      />
      {isFirst && <LiveRefresh topics={['clients', 'ledger']} />}
      <div className="space-y-8">
        {approveRefusal !== null && (
          <Notice tone="info" title="Another person approves.">
            {approveRefusal}
          </Notice>
        )}
        <TakenBackNotice takenBack={record.takenBack} />
        <DescriptionList items={factsOf(record)} />
        {event.shares && <EntitlementsTable record={record} isFirst={isFirst} />}
        <StepPanel
          steps={steps}
          words={stepWords}
          opened={{ words: 'Recorded', at: event.openedAt, by: event.openedByName }}
        />
      </div>
    </div>
  );
}

function factsOf({ event, dueTo }: RightsRecord) {
  const { kind, at, block, ratio, source, clock, shares, asset, brings } = event;
  return [
    { term: 'Kind', detail: kind },
    {
      term: 'Happened',
      detail: (
        <>
          <Time instant={at} />
          {block !== null && `, block ${block}`}
        </>
      ),
    },
    { term: 'Ratio', detail: <span className="figures-mono">{ratio}</span> },
    { term: 'Source', detail: <bdi className="whitespace-pre-wrap">{source}</bdi> },
    ...(clock ? [{ term: 'Clock', detail: <ClockFact clock={clock} /> }] : []),
    ...(shares
      ? [
          {
            term: 'Held then',
            detail: (
              <>
                <OperationAmount value={shares.held} asset={asset} look="plain" /> by{' '}
                {shares.holders === 1 ? 'one holder' : `${shares.holders} holders`}
                <Footing>
                  By the books as they were closed <Time instant={shares.closedAt} />, up to journal{' '}
                  {shares.lastJournal}.
                </Footing>
              </>
            ),
          },
          {
            term: 'Due',
            detail: (
              <>
                <OperationAmount value={shares.due} asset={brings} look="plain" />
                {dueTo && <DueShares dueTo={dueTo} brings={brings} />}
                <Footing>
                  Everybody gets the whole smallest units of their part; whole units left over go
                  one each to the largest remainders.{' '}
                  {shares.rest === null
                    ? 'Nothing is left.'
                    : `${shares.rest} of one smallest unit goes to nobody: it can’t be divided.`}
                </Footing>
              </>
            ),
          },
          {
            term: 'Digest of shares',
            detail: <span className="figures-mono wrap-anywhere">{shares.digest}</span>,
          },
        ]
      : []),
  ];
}

/** Who gets what of the whole. */
function DueShares({
  dueTo,
  brings,
}: {
  dueTo: NonNullable<RightsRecord['dueTo']>;
  brings: string;
}) {
  const { clients, custodian, unknown } = dueTo;
  const amount = (value: string) => <OperationAmount value={value} asset={brings} look="plain" />;
  return (
    <span className="block">
      To clients {amount(clients)}
      {custodian && (
        <>
          ; to the custodian, by the agreement of {countOf(custodian.clients, 'client')},{' '}
          {amount(custodian.amount)}
        </>
      )}
      {unknown !== null && <>; to who is not known yet {amount(unknown)}</>}.
    </span>
  );
}

function Acts({ record: { event, steps, can, lines } }: { record: RightsRecord }) {
  const fixed = { id: event.id, seen: String(steps.length) };
  const hasCustodian = lines.some(
    ({ goesTo, outcome }) => goesTo === 'custodian' && outcome === null,
  );
  return (
    <>
      {can.drop && (
        <ActDialog
          act={dropRightsEventAction}
          label="Drop"
          title={`Drop ${event.number}`}
          done="Drop it"
          fixed={fixed}
        >
          <p>For an event that was recorded wrongly. A right one is recorded anew.</p>
          <TextAreaField label="Reasons" name="reasons" rows={3} maxLength={4000} />
        </ActDialog>
      )}
      {can.compute && (
        <ActDialog
          act={computeEntitlementsAction}
          label="Compute the shares"
          title={`Who held ${event.asset} then`}
          tone="primary"
          done="Compute them"
          fixed={fixed}
        >
          <p>
            From the balances of the closed position at the event, at the exact ratio. Another
            person approves them afterwards.
          </p>
        </ActDialog>
      )}
      {can.approve && (
        <DecideDialog
          id={event.id}
          seen={steps.length}
          decision="approved"
          label="Approve with key"
          title={`Approve the shares of ${event.number}`}
          done="Approve with key"
        >
          <p>
            You sign the whole event as this page shows it: {event.ratio}, {event.shares?.due}{' '}
            {event.brings} due, and the digest of all shares.
          </p>
        </DecideDialog>
      )}
      {can.handOut && hasCustodian && (
        <ActDialog
          act={keepUnderAgreementsAction}
          label="Keep what agreements give us"
          title="What agreements give the custodian"
          done="Record"
          fixed={fixed}
        >
          <p>
            For clients whose agreement was in force at the event, was signed before it and says so
            expressly. Each is noted with its agreement.
          </p>
        </ActDialog>
      )}
      {can.handOut && (
        <ActDialog
          act={handOutAction}
          label="Handed out by a journal"
          title="A journal handed it out"
          tone="primary"
          done="Record"
          fixed={fixed}
        >
          <TextField
            label="Journal"
            name="journal"
            look="mono"
            hint={`A correction that two people booked since, out of our own accounts, a vault or suspense. It has to credit each account in ${event.brings} with exactly what is due; it may do so for some of them.`}
            maxLength={18}
          />
        </ActDialog>
      )}
    </>
  );
}
