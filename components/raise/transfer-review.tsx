import type { TransferOptions } from '#lib/operations/transfers/list-transfer-options.ts';
import { feeWords } from '#lib/operations/fee-words.ts';
import { formatAmount } from '#lib/protocol/amount.ts';
import type { VaultTransferIntent } from '#lib/protocol/vault-transfer-intent.ts';
import { AddressFact, chainName } from '../operations/address-fact.tsx';
import { EurValueText } from '../operations/eur-value.tsx';
import { whoseFact } from '../operations/transfer-facts.tsx';
import { TierName } from '../operations/tier-name.tsx';
import { tokenFact } from '../operations/token-fact.tsx';
import { RaiseReview } from './raise-review.tsx';
import { TierChangeTable } from './tier-change-table.tsx';
import { decimalsIn, type Chosen } from './transfer-plan.ts';
import type { Raise } from './use-raise.ts';
import { whoActs } from './who-acts.tsx';

/** A transfer as it will be signed: read from the intent the server built, not from the form. */
export function TransferReview({
  raise,
  intent,
  options,
  chosen,
  reason,
  onRenew,
}: {
  raise: Raise<VaultTransferIntent>;
  intent: VaultTransferIntent;
  options: TransferOptions;
  chosen: Chosen;
  reason: string;
  onRenew: () => void;
}) {
  const vaultOf = (id: string) => options.vaults.find((vault) => vault.id === id);
  const [from, to] = [vaultOf(intent.vault), vaultOf(intent.destination.vault)];
  const textOf = (units: string): string =>
    `${formatAmount(BigInt(units), decimalsIn(options, intent.asset))} ${intent.asset}`;
  return (
    <RaiseReview
      raise={raise}
      action="raise this transfer"
      onRenew={onRenew}
      title={
        <>
          Move <strong className="whitespace-nowrap">{textOf(intent.amount)}</strong> from vault{' '}
          <strong className="whitespace-nowrap">{from?.name ?? intent.vault}</strong> to vault{' '}
          <strong className="whitespace-nowrap">{to?.name ?? intent.destination.vault}</strong>
        </>
      }
      facts={[
        {
          term: 'To',
          detail: (
            <AddressFact address={intent.destination.address}>
              {to && (
                <>
                  <bdi>{to.name}</bdi>, <TierName tier={to.tier} /> vault ·{' '}
                </>
              )}
              {chainName(intent.chain)}
            </AddressFact>
          ),
        },
        {
          term: 'From',
          detail: (
            <>
              <bdi>{from?.name ?? intent.vault}</bdi>
              {from && (
                <>
                  , <TierName tier={from.tier} /> vault
                </>
              )}
            </>
          ),
        },
        ...whoseFact(intent),
        ...tokenFact(intent),
        { term: 'Tiers', detail: <TierChangeTable options={options} chosen={chosen} /> },
        {
          term: 'EUR value',
          detail: <EurValueText value={raise.prepared?.eurValue ?? null} asset={intent.asset} />,
        },
        { term: 'Fee', detail: feeWords(intent) },
        { term: 'Why', detail: <bdi>{reason}</bdi> },
        ...whoActs(raise.prepared?.allowed),
      ]}
    />
  );
}
