import type { ReactNode } from 'react';
import type { DepositAddress } from '#lib/clients/deposit-addresses.ts';
import type { ClientView } from '#lib/clients/view-client.ts';
import { chainName } from '../operations/address-fact.tsx';
import { OperationAmount } from '../operations/operation-amount.tsx';
import { TierName } from '../operations/tier-name.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { AddressBlock, Code, Hash } from '../ui/grouped.tsx';
import { Notice } from '../ui/notice.tsx';
import { SectionHeading } from '../ui/page-header.tsx';
import { Panel, PanelRow } from '../ui/panel.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import { Evidence } from '../ui/timeline.tsx';
import { AddressCode } from './address-code.tsx';

/** Where the client pays in, and what is on its way. */
export function DepositsSection({ view: { client, deposits } }: { view: ClientView }) {
  const { addresses, hasMoreAddresses, pending, hasMorePending } = deposits;
  return (
    <section>
      <SectionHeading>Deposit addresses</SectionHeading>
      {addresses.length === 0 ? (
        <p className="text-text-quiet">
          There is no vault yet, so there is nowhere to pay in.{' '}
          <TextLink href="/vaults">Vaults</TextLink>
        </p>
      ) : (
        <>
          <Panel label="Where the client pays in">
            {addresses.map((line) => (
              <AddressRow key={line.vault} line={line} client={client} />
            ))}
          </Panel>
          {hasMoreAddresses && (
            <p className="mt-2 text-text-quiet">
              The first {addresses.length} vaults; there are more.
            </p>
          )}
          <p className="prose-line mt-2 text-text-quiet">
            Each address follows from the vault’s public key and the client’s number alone, and is
            worked out again for this page. The page itself is no proof: before a large deposit let
            a tool that reads BIP32 work it out from the vault’s public key and the steps, on a
            machine that this console does not reach. A rehearsal of recovery prints that key.
          </p>
        </>
      )}
      {pending.length > 0 && (
        <div className="mt-4">
          <Panel label="Deposits on their way">
            {pending.map((one) => (
              <PanelRow
                key={`${one.vault} ${one.txid} ${one.place}`}
                title={<OperationAmount value={one.amount} asset={one.asset} />}
                aside={<>to {one.vault}</>}
              >
                <Hash value={one.txid} />
                <span className="block">
                  In block {one.height}, seen <Time instant={one.seenAt} />.{' '}
                  {creditedAt(one.blocksNeeded)}
                </span>
              </PanelRow>
            ))}
          </Panel>
          {hasMorePending && (
            <p className="mt-2 text-text-quiet">The newest {pending.length}; there are more.</p>
          )}
        </div>
      )}
    </section>
  );
}

const creditedAt = (blocks: number | null): string =>
  blocks === null
    ? 'It is credited once the chain calls its block final.'
    : `It is credited once ${blocks} blocks have it, its own included.`;

function AddressRow({ line, client }: { line: DepositAddress; client: string }) {
  const { vault, vaultName, tier, chain, assets, address, memo, path, state } = line;
  return (
    <PanelRow
      title={
        <>
          {chainName(chain)} <span className="text-text-quiet">· {assets.join(', ')}</span>
        </>
      }
      aside={
        <span className="text-sm text-text-quiet">
          <TextLink look="plain" href={`/vaults#${vault}`}>
            <bdi>{vaultName}</bdi>
          </TextLink>
          , <TierName tier={tier} /> vault
        </span>
      }
    >
      {state === 'differs' ? (
        <Notice tone="danger" title="The record has another address than the vault’s key gives.">
          Give the client neither of them, and report it at once.
        </Notice>
      ) : (
        <>
          <span className="flex flex-wrap items-start justify-between gap-x-4 text-text">
            <AddressBlock address={address} />
            <CopyButton text={address} what={`the address on ${chainName(chain)}`} />
          </span>
          {stateWords[state] && <span className="block text-caution">{stateWords[state]}</span>}
          {memo === null ? (
            <span className="block">
              This client’s alone, {path} from the vault’s key. Only {assets.join(' or ')} is
              credited.
            </span>
          ) : (
            <span className="block">
              All clients’ address in this vault: every transfer must carry the memo{' '}
              <span className="text-text">
                <Code>{memo}</Code>
              </span>
              . Without it nobody knows that it is of {client}.{' '}
              <CopyButton text={memo} what="the memo" />
            </span>
          )}
          <Evidence label="QR code of the address">
            <AddressCode address={address} />
          </Evidence>
        </>
      )}
    </PanelRow>
  );
}

const stateWords: Readonly<Record<Exclude<DepositAddress['state'], 'differs'>, ReactNode>> = {
  watched: null,
  'not-watched':
    'Not watched yet, so what comes would not be seen. Wait a few seconds before you give it to anybody.',
  'no-node':
    'No node of this chain is set, so nothing that comes there is seen. Do not give it to anybody.',
};
