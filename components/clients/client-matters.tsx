import { stateWords } from '#lib/clients/complaints/complaint.ts';
import { outcomes } from '#lib/clients/complaints/words.ts';
import { returnStates } from '#lib/clients/returns/return.ts';
import type { EntitlementOf, LossOf } from '#lib/clients/client-matters.ts';
import type { ClientView } from '#lib/clients/view-client.ts';
import { OperationAmount } from '../operations/operation-amount.tsx';
import { Code } from '../ui/grouped.tsx';
import { SectionHeading } from '../ui/page-header.tsx';
import { Panel, PanelRow } from '../ui/panel.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { ClockMark } from './clock-mark.tsx';
import { ReturnAmount } from './returns-screen.tsx';

const NumberLink = ({ href, number }: { href: string; number: string }) => (
  <TextLink href={href}>
    <Code>{number}</Code>
  </TextLink>
);

/** What was asked back, what was complained about, what events brought and what was lost: the last of each. */
export function ClientMattersSections({ view }: { view: ClientView }) {
  const { returns, complaints, entitlements, losses } = view;
  return (
    <>
      <section>
        <SectionHeading>Returns</SectionHeading>
        {returns.length === 0 ? (
          <p className="text-text-quiet">The client has asked for nothing back.</p>
        ) : (
          <Panel label="Returns, newest first">
            {returns.map((one) => (
              <PanelRow
                key={one.id}
                title={<NumberLink href={`/clients/returns/${one.id}`} number={one.number} />}
                aside={<ClockMark clock={one.clock} />}
              >
                <ReturnAmount {...one} />. {returnStates[one.state]}.
              </PanelRow>
            ))}
          </Panel>
        )}
      </section>
      <section>
        <SectionHeading>Complaints</SectionHeading>
        {complaints.length === 0 ? (
          <p className="text-text-quiet">The client has complained about nothing.</p>
        ) : (
          <Panel label="Complaints, newest first">
            {complaints.map(({ id, number, topic, state, outcome, acknowledged, decided }) => (
              <PanelRow
                key={id}
                title={<NumberLink href={`/clients/complaints/${id}`} number={number} />}
                aside={<ClockMark clock={acknowledged.doneAt === null ? acknowledged : decided} />}
              >
                {topic}. {outcome === null ? stateWords[state] : outcomes[outcome]}.
              </PanelRow>
            ))}
          </Panel>
        )}
      </section>
      <section>
        <SectionHeading>Rights events</SectionHeading>
        {entitlements.length === 0 ? (
          <p className="text-text-quiet">No event has brought the client anything.</p>
        ) : (
          <Panel label="Entitlements, newest first">
            {entitlements.map((one) => (
              <PanelRow
                key={one.event}
                title={<NumberLink href={`/clients/rights/${one.event}`} number={one.number} />}
                aside={<EntitlementMark one={one} />}
              >
                <OperationAmount value={one.amount} asset={one.brings} look="plain" />
              </PanelRow>
            ))}
          </Panel>
        )}
      </section>
      {losses.length > 0 && (
        <section>
          <SectionHeading>Losses</SectionHeading>
          <Panel label="Losses, newest first">
            {losses.map((one) => (
              <PanelRow
                key={one.loss}
                title={<NumberLink href={`/clients/losses/${one.loss}`} number={one.number} />}
                aside={<LossMark one={one} />}
              >
                <OperationAmount value={one.amount} asset={one.asset} look="plain" />, worth{' '}
                <OperationAmount value={one.value} asset="EUR" look="plain" /> then.
              </PanelRow>
            ))}
          </Panel>
        </section>
      )}
    </>
  );
}

function EntitlementMark({ one: { outcome, isApproved, goesTo } }: { one: EntitlementOf }) {
  if (outcome === 'handed-out')
    return (
      <StatusMark shape="dot" tone="good">
        Handed out
      </StatusMark>
    );
  if (outcome === 'taken-back')
    return (
      <StatusMark shape="triangle" tone="danger">
        Handed out, and taken back
      </StatusMark>
    );
  if (outcome !== null || goesTo === 'custodian')
    return <StatusMark shape="square">The agreement gives it to the custodian</StatusMark>;
  return (
    <StatusMark shape="ring" tone="caution">
      {isApproved ? 'Entitled' : 'Computed, to be approved'}
    </StatusMark>
  );
}

function LossMark({ one: { isPaid, liability, decided } }: { one: LossOf }) {
  if (isPaid)
    return (
      <StatusMark shape="dot" tone="good">
        Paid
      </StatusMark>
    );
  if (decided === null)
    return (
      <StatusMark shape="ring" tone="caution">
        Not decided
      </StatusMark>
    );
  return liability === null ? (
    <StatusMark shape="square">{`Nothing owed: ${decided.charAt(0).toLowerCase()}${decided.slice(1)}`}</StatusMark>
  ) : (
    <StatusMark shape="ring" tone="caution">
      {`${liability} EUR to be paid`}
    </StatusMark>
  );
}
