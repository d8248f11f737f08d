import {
  completeReturnAction,
  linkOperationAction,
  withdrawReturnAction,
} from '#lib/clients/actions.ts';
import { returnStates } from '#lib/clients/returns/return.ts';
import type { ReturnRecord } from '#lib/clients/returns/view-return.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { OperationAmount } from '../operations/operation-amount.tsx';
import { stateLooks } from '../operations/state-mark.tsx';
import { DescriptionList, Footing } from '../ui/description-list.tsx';
import { TextAreaField, TextField } from '../ui/field.tsx';
import { Code } from '../ui/grouped.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { PageHeader, SectionHeading } from '../ui/page-header.tsx';
import { Panel, PanelRow } from '../ui/panel.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import { ActDialog } from './act-dialog.tsx';
import { ClockFact } from './clock-mark.tsx';
import { ReturnAmount } from './returns-screen.tsx';
import { StepPanel } from './step-panel.tsx';

const stepWords = {
  linked: 'Linked to a withdrawal',
  returned: 'Returned',
  withdrawn: 'Withdrawn by the client',
};

/** One return: what was asked for, its clock, and the withdrawals that carry it out. */
export function ReturnRecordScreen({ record }: { record: ReturnRecord }) {
  const { request, steps, returned, left, completeRefusal, can } = record;
  return (
    <div className="max-w-[56rem]">
      <PageHeader
        crumbs={[
          { label: 'Clients', href: '/clients' },
          { label: 'Returns', href: '/clients/returns' },
          { label: request.number },
        ]}
        title={`Return ${request.number}`}
        state={`${returnStates[request.state]}.`}
        action={<Acts record={record} />}
      />
      <LiveRefresh topics={['clients', 'operations']} />
      <div className="space-y-8">
        <DescriptionList
          items={[
            {
              term: 'Client',
              detail: <TextLink href={`/clients/${request.client}`}>{request.client}</TextLink>,
            },
            { term: 'Asked for', detail: <ReturnAmount {...request} /> },
            {
              term: 'Returned',
              detail: (
                <>
                  <OperationAmount value={returned} asset={request.asset} look="plain" />
                  {can.complete && (
                    <>
                      , still to return{' '}
                      <OperationAmount value={left} asset={request.asset} look="plain" />
                      {completeRefusal !== null && <Footing>{completeRefusal}</Footing>}
                    </>
                  )}
                </>
              ),
            },
            {
              term: 'In their words',
              detail: <bdi className="whitespace-pre-wrap">{request.subject}</bdi>,
            },
            { term: 'Asked at', detail: <Time instant={request.requestedAt} style="minute" /> },
            {
              term: 'Clock',
              detail: (
                <>
                  <ClockFact clock={request.clock} />
                  {request.isAgreed && (
                    <span className="block text-sm text-text-quiet">
                      The agreement names this day.
                    </span>
                  )}
                </>
              ),
            },
          ]}
        />
        <Operations record={record} />
        <StepPanel
          steps={steps}
          words={stepWords}
          opened={{ words: 'Recorded', at: request.openedAt, by: request.openedByName }}
        />
      </div>
    </div>
  );
}

function Operations({ record: { operations, request } }: { record: ReturnRecord }) {
  return (
    <section>
      <SectionHeading>Withdrawals that carry it out</SectionHeading>
      {operations.length === 0 ? (
        <p className="prose-line text-text-quiet">
          None yet. <TextLink href="/raise">Raise the withdrawal</TextLink>, then link it here. The
          return ends when what was asked for is confirmed on the chain.
        </p>
      ) : (
        <Panel label="Withdrawals">
          {operations.map(({ id, number, state, amount }) => {
            const { shape, tone } = stateLooks[state];
            return (
              <PanelRow
                key={id}
                title={
                  <TextLink href={`/operations/${id}`}>
                    <Code>{number}</Code>
                  </TextLink>
                }
                aside={
                  <StatusMark shape={shape} tone={tone}>
                    {state}
                  </StatusMark>
                }
              >
                <OperationAmount value={amount} asset={request.asset} look="plain" />
              </PanelRow>
            );
          })}
        </Panel>
      )}
    </section>
  );
}

function Acts({ record }: { record: ReturnRecord }) {
  const { request, steps, can, choices, completeRefusal } = record;
  const isDone = can.complete && completeRefusal === null;
  const fixed = { id: request.id, seen: String(steps.length) };
  return (
    <>
      {can.withdraw && (
        <ActDialog
          act={withdrawReturnAction}
          label="Client took the request back"
          title={`${request.number}: the client took the request back`}
          fixed={fixed}
        >
          <TextAreaField
            label="Reasons"
            name="reasons"
            hint="How that is known, such as by a message of which day."
            rows={3}
            maxLength={4000}
          />
        </ActDialog>
      )}
      {can.link && (
        <ActDialog
          act={linkOperationAction}
          label="Link a withdrawal"
          title={`${request.number}: a withdrawal carries it out`}
          done="Link it"
          fixed={fixed}
        >
          <TextField
            label="Withdrawal"
            name="operation"
            look="mono"
            hint={
              choices.length === 0
                ? `${request.client} has no withdrawal in ${request.asset} that carries no return yet.`
                : `Such as ${choices.slice(0, 3).join(', ')}.`
            }
            maxLength={20}
          />
        </ActDialog>
      )}
      {can.link && !isDone && (
        <LinkButton href="/raise" tone="primary">
          {request.operations === 0 ? 'Raise the withdrawal' : 'Raise the next withdrawal'}
        </LinkButton>
      )}
      {isDone && (
        <ActDialog
          act={completeReturnAction}
          label="Everything was returned"
          title={`${request.number}: everything was returned`}
          tone="primary"
          done="Record as returned"
          fixed={fixed}
        >
          <p>
            The withdrawals linked here have to be confirmed, and together give what was asked for.
          </p>
        </ActDialog>
      )}
    </>
  );
}
