import { findChain } from '#lib/chains/registry.ts';
import { feeWords } from '#lib/operations/fee-words.ts';
import type { WithdrawalOptions } from '#lib/operations/list-raise-options.ts';
import { formatAmount } from '#lib/protocol/amount.ts';
import type { WithdrawalIntent } from '#lib/protocol/intent.ts';
import { AddressFact, chainName } from '../operations/address-fact.tsx';
import { EurValueText } from '../operations/eur-value.tsx';
import { TierName } from '../operations/tier-name.tsx';
import { tokenFact } from '../operations/token-fact.tsx';
import { Footing } from '../ui/description-list.tsx';
import { RaiseReview } from './raise-review.tsx';
import { missingFact } from './missing-fact.tsx';
import type { Raise } from './use-raise.ts';
import { whoActs } from './who-acts.tsx';

/** A withdrawal as it will be signed: read from the intent the server built, not from the form. */
export function WithdrawalReview({
  raise,
  intent,
  options,
  reason,
  onRenew,
}: {
  raise: Raise<WithdrawalIntent>;
  intent: WithdrawalIntent;
  options: WithdrawalOptions;
  reason: string;
  onRenew: () => void;
}) {
  const facts = findChain(intent.chain);
  const vault = options.vaults.find(({ id }) => id === intent.vault);
  const label = options.client?.destinations.find(({ id }) => id === intent.destination.id)?.label;
  const decimals =
    options.client?.balances.find(({ asset }) => asset === intent.asset)?.decimals ?? 0;
  const amount = formatAmount(BigInt(intent.amount), decimals);
  return (
    <RaiseReview
      raise={raise}
      action="raise this withdrawal"
      onRenew={onRenew}
      title={
        <>
          Send{' '}
          <strong className="whitespace-nowrap">
            {amount} {intent.asset}
          </strong>{' '}
          from <strong className="whitespace-nowrap">{vault?.name ?? intent.vault}</strong> to
          client <strong className="whitespace-nowrap">{intent.client}</strong>’s listed address
        </>
      }
      facts={[
        {
          term: 'To',
          detail: (
            <AddressFact address={intent.destination.address}>
              {label !== undefined && (
                <>
                  “<bdi>{label}</bdi>” ·{' '}
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
              <bdi>{vault?.name ?? intent.vault}</bdi>
              {vault && (
                <>
                  , <TierName tier={vault.tier} /> vault
                </>
              )}
              {facts?.accounts === 'by-owner' && (
                <Footing>
                  Out of the account of client{' '}
                  <span className="whitespace-nowrap">{intent.client}</span> in it, and no other.
                </Footing>
              )}
            </>
          ),
        },
        ...tokenFact(intent),
        {
          term: 'EUR value',
          detail: <EurValueText value={raise.prepared?.eurValue ?? null} asset={intent.asset} />,
        },
        { term: 'Fee', detail: feeWords(intent) },
        ...(facts?.takesMemo
          ? [
              {
                term: 'Memo',
                detail:
                  intent.memo === null ? (
                    'none'
                  ) : (
                    <span className="figures-mono">{intent.memo}</span>
                  ),
              },
            ]
          : []),
        { term: 'Why', detail: <bdi>{reason}</bdi> },
        ...missingFact(raise.prepared?.missing),
        ...whoActs(raise.prepared?.allowed),
      ]}
    />
  );
}
