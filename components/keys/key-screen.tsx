import type { KeyOperation } from '#lib/operations/keys/key-history.ts';
import type { KeyView, ShareView } from '#lib/operations/keys/view-keys.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { chainName } from '../operations/address-fact.tsx';
import { TierName } from '../operations/tier-name.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { DescriptionList, Footing } from '../ui/description-list.tsx';
import { AddressBlock, Code, Hash } from '../ui/grouped.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeader, SectionHeading } from '../ui/page-header.tsx';
import { Panel, PanelRow, RecordColumns } from '../ui/panel.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import { CapFact } from './cap-fact.tsx';
import { CollectBackups } from './collect-backups.tsx';
import { backupMark, coverage, historyWords, shareMark } from './key-words.ts';
import { Pairs } from './pairs.tsx';
import { suiteNameOf } from './suite-words.ts';
import { NoCustodians } from './no-custodians.tsx';

/** One key: where it stands at each party, how it came there, and what can be done with it. */
export function KeyScreen({ view, canRaise }: { view: KeyView; canRaise: boolean }) {
  const { id, vault, open } = view;
  const mark = coverage(view);
  return (
    <>
      <LiveRefresh topics={['vaults', 'parties', 'operations']} />
      <RecordColumns
        facts={
          <>
            <PageHeader
              crumbs={[{ label: 'Keys', href: '/keys' }, { label: id }]}
              title={vault ? <>Key of {vault.name}</> : id}
              state={
                <StatusMark shape={mark.shape} tone={mark.tone}>
                  {mark.words}
                </StatusMark>
              }
            />
            {open && (
              <div className="mb-6">
                <Notice title={`${open.number} is open for this key.`}>
                  Nothing else can be raised for it before that ends.{' '}
                  <TextLink href={`/operations/${open.id}`}>Open it</TextLink>
                </Notice>
              </div>
            )}
            <div className="not-empty:mb-6">
              <NoCustodians view={view} />
            </div>
            <Facts view={view} />
            <div className="mt-8">
              <SectionHeading>Shares and backups</SectionHeading>
              <Panel label="Shares and backups">
                {view.shares.map((share) => (
                  <Share key={share.party} share={share} view={view} canRaise={canRaise} />
                ))}
              </Panel>
            </div>
          </>
        }
        aside={
          <>
            <Work view={view} canRaise={canRaise} />
            <History title="Epochs" entries={view.history} />
            <Backups view={view} canRaise={canRaise} />
          </>
        }
      />
    </>
  );
}

function Facts({ view }: { view: KeyView }) {
  const { vault, publicKey, suite, threshold, parties, epoch, lastUsedAt } = view;
  return (
    <DescriptionList
      items={[
        ...(vault
          ? [
              {
                term: 'Vault',
                detail: (
                  <>
                    <TextLink href={`/vaults#${vault.id}`}>
                      <bdi>{vault.name}</bdi>
                    </TextLink>
                    , <TierName tier={vault.tier} /> · {chainName(vault.chain)}
                  </>
                ),
              },
              {
                term: 'Address',
                detail: (
                  <span className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
                    <AddressBlock address={vault.address} />
                    <CopyButton text={vault.address} what="the address" />
                  </span>
                ),
              },
            ]
          : []),
        {
          term: 'Public key',
          detail: (
            <>
              <Hash value={publicKey} />
              <Footing>
                {suiteNameOf(suite)} ({suite}). It stays the same over every epoch.
              </Footing>
            </>
          ),
        },
        {
          term: 'Parties',
          detail: `Any ${threshold} of ${parties.length} sign: ${parties.join(', ')}.`,
        },
        {
          term: 'Epoch',
          detail: (
            <>
              {epoch ?? 'not known'}
              <Footing>
                As the parties said last. Before a share moves each of them looks at its own store.
              </Footing>
            </>
          ),
        },
        { term: 'Value cap', detail: <CapFact caps={view.caps} /> },
        {
          term: 'Last use',
          detail:
            lastUsedAt === null ? 'It has signed nothing yet.' : <Time instant={lastUsedAt} />,
        },
      ]}
    />
  );
}

function Share({ share, view, canRaise }: { share: ShareView; view: KeyView; canRaise: boolean }) {
  const { party, custodians, epochs, isCold, reportedAt } = share;
  const held = shareMark(share, view.epoch);
  const sealed = backupMark(share, view.epoch);
  const isLost = share.state === 'lost' || share.state === 'none';
  const others = epochs.filter(({ epoch }) => epoch !== share.epoch);
  return (
    <PanelRow
      title={
        <>
          {party}
          {isCold && <span className="text-sm text-text-quiet"> · cold, without a network</span>}
        </>
      }
      aside={
        <StatusMark shape={held.shape} tone={held.tone}>
          {held.words}
        </StatusMark>
      }
    >
      <p>
        <StatusMark shape={sealed.shape} tone={sealed.tone}>
          {sealed.words}
        </StatusMark>
      </p>
      <p>
        {custodians ? (
          <>
            Custodians <Code>{custodians.id}</Code>: any {custodians.threshold} of {custodians.of},{' '}
            {custodians.people.join(', ')}
          </>
        ) : (
          'No custodians, so it can’t be backed up; what to do stands above.'
        )}
      </p>
      {share.pairs && (
        <p>
          <Pairs
            pairs={share.pairs}
            missing={view.parties.filter(
              (peer) => peer !== party && !share.pairs?.some((pair) => pair.peer === peer),
            )}
          />
        </p>
      )}
      {others.length > 0 && (
        <p>Also keeps {others.map(({ epoch, state }) => `epoch ${epoch} (${state})`).join(', ')}</p>
      )}
      <p>
        {reportedAt === null ? (
          isCold ? (
            'No trip to it is done yet.'
          ) : (
            'It has not been asked yet.'
          )
        ) : (
          <>
            {isCold ? 'As the trip that was done left it,' : 'Asked'} <Time instant={reportedAt} />
            {!share.answers && ', without an answer'}
          </>
        )}
      </p>
      {isLost && canRaise && !view.open && (
        <p className="screen-only mt-2">
          <LinkButton size="small" href={`/keys/${view.id}/repair?party=${party}`}>
            Repair the lost share
          </LinkButton>
        </p>
      )}
    </PanelRow>
  );
}

function Work({ view, canRaise }: { view: KeyView; canRaise: boolean }) {
  const { id, open } = view;
  return (
    <section>
      <SectionHeading>Look after it</SectionHeading>
      {!canRaise || open ? (
        <p className="text-text-quiet">
          {open
            ? `${open.number} is open for this key.`
            : 'A custody officer raises what is done to a key.'}
        </p>
      ) : (
        <div className="screen-only flex flex-wrap gap-2">
          <LinkButton href={`/keys/${id}/refresh`}>Refresh shares</LinkButton>
          <LinkButton href={`/keys/${id}/backup`}>Back up the shares</LinkButton>
          <LinkButton href={`/keys/${id}/repair`}>Repair a lost share</LinkButton>
        </div>
      )}
    </section>
  );
}

function Backups({ view, canRaise }: { view: KeyView; canRaise: boolean }) {
  const [newest] = view.backups;
  return (
    <>
      <History title="Backups" entries={view.backups} />
      {newest && canRaise && <CollectBackups operation={newest.operation.id} />}
    </>
  );
}

function History({ title, entries }: { title: string; entries: readonly KeyOperation[] }) {
  return (
    <section>
      <SectionHeading>{title}</SectionHeading>
      {entries.length === 0 && <p className="text-text-quiet">None yet.</p>}
      <ul className="space-y-2 text-sm">
        {entries.map(({ operation, kind, epoch, at, party }) => (
          <li key={operation.id}>
            Epoch {epoch}: {historyWords[kind] ?? kind}
            {party !== null && ` to ${party}`}
            <span className="block text-text-quiet">
              <Time instant={at} style="minute" />, by{' '}
              <TextLink href={`/operations/${operation.id}`}>
                <Code>{operation.number}</Code>
              </TextLink>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
