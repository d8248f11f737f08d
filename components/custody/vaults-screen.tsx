import type { VaultView } from '#lib/operations/list-vaults.ts';
import type { TierCardView } from '#lib/operations/tiers/view-tier-card.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { suiteNameOf } from '../keys/suite-words.ts';
import { chainName } from '../operations/address-fact.tsx';
import { countOf } from '../operations/counts.ts';
import { OperationAmount } from '../operations/operation-amount.tsx';
import { TierName } from '../operations/tier-name.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { DescriptionList, Footing } from '../ui/description-list.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { AddressBlock, Code } from '../ui/grouped.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import { TierCard } from './tier-card.tsx';

/** Where assets are held, each under a threshold key of its own. */
export function VaultsScreen({
  vaults,
  tiers,
  canRaise,
}: {
  vaults: readonly VaultView[];
  tiers: TierCardView;
  canRaise: boolean;
}) {
  const action = canRaise && (
    <LinkButton tone={vaults.length === 0 ? 'secondary' : 'primary'} href="/vaults/new">
      Make a vault key
    </LinkButton>
  );
  return (
    <>
      <PageHeader
        title="Vaults"
        state={`${countOf(vaults.length, 'vault')}, each under a key that no single party holds. Holdings are what the ledger says.`}
        action={action}
      />
      <LiveRefresh topics={['operations', 'ledger', 'vaults']} />
      {vaults.length === 0 && (
        <EmptyState title="There is no vault yet" action={action}>
          A vault comes into being when the parties make its key together. Raise the first key
          ceremony; one person of each group states before they begin.
        </EmptyState>
      )}
      {vaults.length > 0 && <TierCard view={tiers} />}
      <div className="space-y-4">
        {vaults.map((vault) => (
          <Vault key={vault.id} vault={vault} />
        ))}
      </div>
      <p className="mt-4">
        <TextLink href="/vaults/chains">Chains</TextLink> and whether their nodes answer
      </p>
    </>
  );
}

function Vault({ vault }: { vault: VaultView }) {
  const headingId = `vault-${vault.id}`;
  return (
    <section
      id={vault.id}
      aria-labelledby={headingId}
      className="rounded-md border border-line bg-surface px-4 py-4"
    >
      <div className="mb-3 flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div>
          <h2 id={headingId} className="text-md">
            <bdi>{vault.name}</bdi>
          </h2>
          <p className="text-sm text-text-quiet">
            <TierName tier={vault.tier} /> · {chainName(vault.chain)} · <Code>{vault.id}</Code>
          </p>
        </div>
        <div className="medium:text-end">
          {vault.holdings.length === 0 && <p className="text-text-quiet">empty</p>}
          {vault.holdings.map(({ asset, amount }) => (
            <p key={asset} className="text-md tabular-nums">
              <TextLink look="plain" href={`/ledger/vault/${vault.id}/${asset}`}>
                <OperationAmount value={amount} asset={asset} />
              </TextLink>
            </p>
          ))}
        </div>
      </div>
      <DescriptionList
        look="compact"
        items={[
          {
            term: 'Address',
            detail: (
              <>
                <span className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
                  <AddressBlock address={vault.address} />
                  <CopyButton text={vault.address} what={`the address of ${vault.name}`} />
                </span>
                {vault.accounts === 'by-owner' && (
                  <Footing>
                    The custodian’s own account. Every client has addresses of their own in this
                    vault, on <TextLink href="/clients">the client’s page</TextLink>.
                  </Footing>
                )}
              </>
            ),
          },
          {
            term: 'Key',
            detail: (
              <>
                <TextLink href={`/keys/${vault.keyId}`}>
                  <Code>{vault.keyId}</Code>
                </TextLink>
                , {suiteNameOf(vault.suite)}; any {vault.threshold} of parties{' '}
                {vault.parties.join(', ')}
              </>
            ),
          },
          {
            term: 'Made',
            detail: (
              <>
                <Time instant={vault.keyMadeAt} /> in{' '}
                <TextLink href={`/operations/${vault.ceremony}`}>its key ceremony</TextLink>
              </>
            ),
          },
          {
            term: 'Open',
            detail:
              vault.openOperations === 0
                ? 'no operation open'
                : `${countOf(vault.openOperations, 'operation')} open`,
          },
        ]}
      />
    </section>
  );
}
