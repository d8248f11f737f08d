import type { TierCardView } from '#lib/operations/tiers/view-tier-card.ts';
import { StatusMark } from '../ui/status-mark.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { shareText } from './share-text.ts';
import { TierGauge } from './tier-gauge.tsx';
import { stateWords } from './tier-words.ts';

/** How much of each asset lies in cold, above the vaults, with the way to the history. */
export function TierCard({ view: { assets, band } }: { view: TierCardView }) {
  if (assets.length === 0) return null;
  return (
    <section
      aria-labelledby="tiers-heading"
      className="mb-4 space-y-3 rounded-md border border-line bg-surface px-4 py-4"
    >
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h2 id="tiers-heading" className="text-md">
          In cold
        </h2>
        <TextLink href="/vaults/tiers">Tiers over time</TextLink>
      </div>
      {assets.map(({ asset, tiers, state }) => {
        const { shape, tone, words } = stateWords[state];
        return (
          <div key={asset} className="space-y-1">
            <p className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
              <span className="tabular-nums">
                {asset}{' '}
                <strong>
                  {shareText(tiers.find(({ tier }) => tier === 'cold')?.share ?? null)}
                </strong>{' '}
                <span className="text-text-quiet">rounded down</span>
              </span>
              <StatusMark shape={shape} tone={tone}>
                {words}
              </StatusMark>
            </p>
            <TierGauge of={asset} tiers={tiers} band={band} />
          </div>
        );
      })}
    </section>
  );
}
