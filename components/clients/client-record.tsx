import { findingWords } from '#lib/clients/agreements/agreement.ts';
import type { ClientView } from '#lib/clients/view-client.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { OperationAmount } from '../operations/operation-amount.tsx';
import { PageHeader, SectionHeading } from '../ui/page-header.tsx';
import { chainName } from '../operations/address-fact.tsx';
import { AddressBlock } from '../ui/grouped.tsx';
import { Panel, PanelRow } from '../ui/panel.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import { AgreementsSection } from './agreements-section.tsx';
import { DepositsSection } from './deposits-section.tsx';
import { ClientMattersSections } from './client-matters.tsx';

const tieWords: Readonly<Record<string, string>> = {
  client: 'The client',
  representative: 'Represents it',
  'beneficial-owner': 'Owns it',
  'authorised-user': 'May act for it',
};

/** One client: what binds us, what is owed, where it may go. */
export function ClientRecord({ view }: { view: ClientView }) {
  const { client, balances, finding } = view;
  return (
    <div className="max-w-[56rem]">
      <PageHeader
        crumbs={[{ label: 'Clients', href: '/clients' }, { label: client }]}
        title={`Client ${client}`}
        state={
          finding === null
            ? 'An agreement is in force.'
            : `${findingWords[finding]}. Nothing is stopped by it: what the client is owed is returned all the same.`
        }
      />
      <LiveRefresh topics={['clients']} />
      <div className="space-y-8">
        <AgreementsSection view={view} />
        <section>
          <SectionHeading>Holdings</SectionHeading>
          {balances.length === 0 ? (
            <p className="text-text-quiet">The books have no account of this client yet.</p>
          ) : (
            <Panel label="What the client is owed">
              {balances.map(({ asset, posted, held }) => (
                <PanelRow
                  key={asset}
                  title={<TextLink href={`/ledger/client/${client}/${asset}`}>{asset}</TextLink>}
                  aside={<OperationAmount value={posted} asset={asset} />}
                >
                  <OperationAmount value={held} asset={asset} look="plain" /> of it set aside for
                  withdrawals under way
                </PanelRow>
              ))}
            </Panel>
          )}
        </section>
        <DepositsSection view={view} />
        {view.people !== null && <PeopleSection people={view.people} />}
        <StatementSection view={view} />
        <ClientMattersSections view={view} />
        <AddressesSection view={view} />
      </div>
    </div>
  );
}

function PeopleSection({ people }: { people: NonNullable<ClientView['people']> }) {
  return (
    <section>
      <SectionHeading>People</SectionHeading>
      {people.length === 0 ? (
        <p className="text-text-quiet">
          Nobody is on record. <TextLink href="/privacy/people">Record a person</TextLink>
        </p>
      ) : (
        <Panel label="Who the client is, and who stands behind it">
          {people.map(({ person, role, isOver }) => (
            <PanelRow
              key={`${person} ${role}`}
              title={<TextLink href={`/privacy/people/${person}`}>{person}</TextLink>}
              aside={isOver ? 'No longer' : null}
            >
              {tieWords[role] ?? role}
            </PanelRow>
          ))}
        </Panel>
      )}
    </section>
  );
}

function StatementSection({ view: { client, statement } }: { view: ClientView }) {
  return (
    <section>
      <SectionHeading>Statement of position</SectionHeading>
      <p>
        {statement.isOverdue ? (
          <StatusMark shape="triangle" tone="danger">
            Overdue since <Time instant={statement.due} style="minute" />
          </StatusMark>
        ) : (
          <>
            The next one is due by <Time instant={statement.due} style="minute" />
          </>
        )}
        : at least one every three months (Art 75(5)).{' '}
        {statement.last === null ? (
          'None was issued yet.'
        ) : (
          <TextLink href={`/statements/${statement.last}`}>The last one</TextLink>
        )}
        {' · '}
        <TextLink href={`/statements?client=${client}`}>
          All statements of <span className="whitespace-nowrap">{client}</span>
        </TextLink>
      </p>
    </section>
  );
}

function AddressesSection({ view: { client, ownAddresses } }: { view: ClientView }) {
  return (
    <section>
      <SectionHeading>Addresses</SectionHeading>
      {ownAddresses.length === 0 ? (
        <p>
          In a vault that has addresses for each client the coins lie at this client’s alone; those
          to pay in at stand above. In a vault that has one address for all they lie with those of
          other clients. Our own are apart in both (
          <TextLink href="/clients/segregation">owner classes</TextLink>).
        </p>
      ) : (
        <Panel label="Addresses that hold this client’s coins alone">
          {ownAddresses.map(({ chain, address }) => (
            <PanelRow key={`${chain} ${address}`} title={<AddressBlock address={address} />}>
              {chainName(chain)}, this client’s coins alone
            </PanelRow>
          ))}
        </Panel>
      )}
      <p className="mt-2">
        <TextLink href={`/destinations?client=${client}`}>Listed addresses of {client}</TextLink>,
        to which withdrawals may go.
      </p>
    </section>
  );
}
