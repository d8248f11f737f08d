import { findingWords } from '#lib/clients/agreements/agreement.ts';
import type { ClientView } from '#lib/clients/view-client.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { OperationAmount } from '../operations/operation-amount.tsx';
import { PageHeader, SectionHeading } from '../ui/page-header.tsx';
import { Panel, PanelRow } from '../ui/panel.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { AgreementsSection } from './agreements-section.tsx';

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
        <section>
          <SectionHeading>Addresses</SectionHeading>
          <p>
            <TextLink href={`/destinations?client=${client}`}>
              Listed addresses of {client}
            </TextLink>
            , to which withdrawals may go.
          </p>
        </section>
      </div>
    </div>
  );
}
