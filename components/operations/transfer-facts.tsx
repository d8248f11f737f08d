import type { OperationView } from '#lib/operations/view-operation.ts';
import { Footing, type Description } from '../ui/description-list.tsx';
import { AddressBlock, Code } from '../ui/grouped.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { AddressFact, chainName } from './address-fact.tsx';
import { EurValueText } from './eur-value.tsx';
import { TierName } from './tier-name.tsx';
import { tokenFact } from './token-fact.tsx';

type TransferIntent = Extract<OperationView['intent'], { kind: 'vault-transfer' }>;

/** Whose account moves, where owners have accounts of their own in a vault; nothing elsewhere. */
export const whoseFact = ({ owner }: Pick<TransferIntent, 'owner'>): Description[] =>
  owner === undefined
    ? []
    : [
        {
          term: 'Whose',
          detail:
            owner === null ? 'The custodian’s own account' : <>Client {owner}’s account alone</>,
        },
      ];

/** What a transfer between vaults says, and what of it is signed. */
export function transferFacts(view: OperationView, intent: TransferIntent): Description[] {
  return [
    {
      term: 'To',
      detail: (
        <AddressFact address={intent.destination.address}>
          {intent.owner === undefined
            ? 'The address of vault'
            : 'The same owner’s address in vault'}{' '}
          <Code>{intent.destination.vault}</Code> · {chainName(intent.chain)}
          <span className="block">
            You sign both. Each party compares the address with the one it derives from the vault’s
            key, or with the one that the policy names.
          </span>
        </AddressFact>
      ),
    },
    {
      term: 'From',
      detail: view.vault && (
        <>
          <bdi>{view.vault.name}</bdi>, <TierName tier={view.vault.tier} /> vault
          <Footing>
            <AddressBlock address={view.vault.address} />
            <span className="block">
              You sign the vault’s id <Code>{intent.vault}</Code>. Its name and address are from the
              console and not signed.
            </span>
          </Footing>
        </>
      ),
    },
    ...whoseFact(intent),
    ...tokenFact(intent),
    {
      term: 'Effect',
      detail: (
        <>
          No client is owed anything else by it. What lies in each tier changes; see{' '}
          <TextLink href="/vaults/tiers">Tiers</TextLink>.
        </>
      ),
    },
    {
      term: 'EUR value',
      detail: <EurValueText value={view.eurValue} asset={intent.asset} />,
    },
    {
      term: 'Why',
      detail: (
        <>
          {view.reason === null ? 'The reason was erased.' : <bdi>{view.reason}</bdi>}
          <Footing>Kept beside what is signed, which holds only a fingerprint of it.</Footing>
        </>
      ),
    },
  ];
}
