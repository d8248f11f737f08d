import type { BandView, TierRow } from '#lib/operations/tiers/tier-holdings.ts';
import type { AllTiers, AssetTiers, TiersView } from '#lib/operations/tiers/view-tiers.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { countOf } from '../operations/counts.ts';
import { TierName } from '../operations/tier-name.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Panel } from '../ui/panel.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { shareText } from './share-text.ts';
import { TierGauge } from './tier-gauge.tsx';
import { TierHistory } from './tier-history.tsx';
import { TierProposal } from './tier-proposal.tsx';
import { tableLook } from './tier-table-look.ts';
import { stateWords, tiersSentence } from './tier-words.ts';

/** How much of each asset lies in cold, warm and hot, over time, and what to do where it drifts. */
export function TiersScreen({ view, canRaise }: { view: TiersView; canRaise: boolean }) {
  const { assets, all, band, at } = view;
  return (
    <>
      <PageHeader
        title="Tiers"
        state={<Standing view={view} />}
        crumbs={[{ label: 'Vaults', href: '/vaults' }, { label: 'Tiers' }]}
        action={canRaise && <LinkButton href="/vaults/transfer">Raise a transfer</LinkButton>}
      />
      <LiveRefresh topics={['operations', 'ledger', 'vaults']} />
      {assets.length === 0 && (
        <EmptyState title="No vault has an account yet">
          Shares are shown once a vault is there and something lies in it.
        </EmptyState>
      )}
      <div className="space-y-8">
        <All all={all} band={band} at={at} />
        {assets.map((of) => (
          <Asset key={of.asset} of={of} band={band} at={at} canRaise={canRaise} />
        ))}
      </div>
    </>
  );
}

/** A promise that is not kept is marked, not only said. */
function Standing({ view }: { view: TiersView }) {
  const sentence = tiersSentence(view);
  if (view.assets.every(({ state }) => state !== 'below')) return sentence;
  return (
    <StatusMark shape="triangle" tone="danger">
      {sentence}
    </StatusMark>
  );
}

function All({ all, band, at }: { all: AllTiers; band: BandView; at: string }) {
  switch (all.what) {
    case 'nothing':
    case 'one-asset':
      return null;
    case 'unvalued':
      return (
        <p className="text-text-quiet">
          All together can’t be shown: no source that the policy names has said lately what{' '}
          {all.assets.join(', ')} is worth.
        </p>
      );
    case 'valued':
      return (
        <section aria-labelledby="tiers-all">
          <Heading id="tiers-all" name="All assets by value" total={all.total} state={all.state} />
          <Panel label="All assets">
            <div className="space-y-4 px-4 py-4">
              <TierGauge of="All assets" tiers={all.tiers} band={band} />
              <Figures of="all assets" tiers={all.tiers} unit="" />
              <TierHistory of="all assets" history={all.history} band={band} today={at} />
              <p className="text-sm text-text-quiet">Every day at the price of now.</p>
            </div>
          </Panel>
        </section>
      );
  }
}

function Heading({
  id,
  name,
  total,
  state,
}: {
  id: string;
  name: string;
  total: string;
  state: AssetTiers['state'];
}) {
  const { shape, tone, words } = stateWords[state];
  return (
    <div className="mb-2 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
      <h2 id={id} className="text-md font-strong">
        {name} <span className="font-normal text-text-quiet tabular-nums">{total}</span>
      </h2>
      <StatusMark shape={shape} tone={tone}>
        {words}
      </StatusMark>
    </div>
  );
}

function Asset({
  of,
  band,
  at,
  canRaise,
}: {
  of: AssetTiers;
  band: BandView;
  at: string;
  canRaise: boolean;
}) {
  const { asset, total, tiers, state, history, underWay } = of;
  return (
    <section aria-labelledby={`tiers-${asset}`}>
      <Heading id={`tiers-${asset}`} name={asset} total={`${total} in all`} state={state} />
      <Panel label={asset}>
        <div className="space-y-4 px-4 py-4">
          <TierGauge of={asset} tiers={tiers} band={band} />
          <Figures of={asset} tiers={tiers} unit={asset} />
          <TierProposal of={of} band={band} canRaise={canRaise} />
          {underWay.length > 0 && (
            <p className="text-sm text-text-quiet">
              {countOf(underWay.length, 'operation')} under way:{' '}
              {underWay.slice(0, 20).map(({ id, number, amount }, place) => (
                <span key={id}>
                  {place > 0 && ', '}
                  <TextLink href={`/operations/${id}`}>{number}</TextLink>{' '}
                  <span className="whitespace-nowrap tabular-nums">
                    {amount} {asset}
                  </span>
                </span>
              ))}
              {underWay.length > 20 && ' and more'}.
            </p>
          )}
          <TierHistory of={asset} history={history} band={band} today={at} />
        </div>
      </Panel>
    </section>
  );
}

function Figures({ of, tiers, unit }: { of: string; tiers: readonly TierRow[]; unit: string }) {
  return (
    <table className={tableLook.table}>
      <caption className="sr-only">{of} by tier</caption>
      <thead>
        <tr className="text-text-quiet">
          <th scope="col" className={tableLook.name}>
            Tier
          </th>
          <th scope="col" className={tableLook.end}>
            Amount
          </th>
          <th scope="col" className={tableLook.end}>
            Share, rounded down
          </th>
        </tr>
      </thead>
      <tbody>
        {tiers.map(({ tier, amount, share }) => (
          <tr key={tier} className="border-t border-line">
            <th scope="row" className={tableLook.name}>
              <TierName tier={tier} />
            </th>
            <td className={`${tableLook.end} whitespace-nowrap`}>
              {amount} {unit}
            </td>
            <td className={`${tableLook.end} whitespace-nowrap`}>{shareText(share)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
