import type { KeyLine } from '#lib/operations/keys/view-keys.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { chainName } from '../operations/address-fact.tsx';
import { TierName } from '../operations/tier-name.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { AddressBlock, Code } from '../ui/grouped.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import { DescriptionList } from '../ui/description-list.tsx';
import { coverage, registerState } from './key-words.ts';

/** Every threshold key: what it guards, how far it is, what is backed up. */
export function KeysScreen({ keys, canRaise }: { keys: readonly KeyLine[]; canRaise: boolean }) {
  const make = canRaise && <LinkButton href="/vaults/new">Make a vault key</LinkButton>;
  return (
    <>
      <PageHeader title="Keys" state={registerState(keys)} action={make} />
      <LiveRefresh topics={['vaults', 'parties']} />
      {keys.length === 0 && (
        <EmptyState title="There is no key yet" action={make}>
          The parties make a key together for each vault, and no one ever holds the whole of it.
          Raise the first key ceremony.
        </EmptyState>
      )}
      <div className="space-y-4">
        {keys.map((key) => (
          <KeyCard key={key.id} view={key} />
        ))}
      </div>
    </>
  );
}

function KeyCard({ view }: { view: KeyLine }) {
  const { id, vault, epoch, usable, parties, threshold, lastUsedAt } = view;
  const { shape, tone, words } = coverage(view);
  const headingId = `key-${id}`;
  return (
    <section
      aria-labelledby={headingId}
      className="rounded-md border border-line bg-surface px-4 py-4"
    >
      <div className="mb-3 flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="min-w-0">
          <h2 id={headingId} className="text-md">
            <TextLink look="plain" href={`/keys/${id}`}>
              {vault ? <bdi>{vault.name}</bdi> : id}
            </TextLink>
          </h2>
          <p className="text-sm text-text-quiet">
            {vault && (
              <>
                <TierName tier={vault.tier} /> · {chainName(vault.chain)} ·{' '}
              </>
            )}
            <Code>{id}</Code>
          </p>
        </div>
        <div className="medium:text-end">
          <p className="text-md">{epoch === null ? 'Epoch not known' : `Epoch ${epoch}`}</p>
          <StatusMark shape={shape} tone={tone}>
            {words}
          </StatusMark>
        </div>
      </div>
      <DescriptionList
        look="compact"
        items={[
          ...(vault ? [{ term: 'Address', detail: <AddressBlock address={vault.address} /> }] : []),
          {
            term: 'Shares',
            detail: `${usable} of ${parties.length} known to be usable; any ${threshold} of parties ${parties.join(', ')} sign`,
          },
          {
            term: 'Last use',
            detail: lastUsedAt === null ? 'signed nothing yet' : <Time instant={lastUsedAt} />,
          },
        ]}
      />
    </section>
  );
}
