import type { BandView, TierRow } from '#lib/operations/tiers/tier-holdings.ts';
import { shareText } from './share-text.ts';

const FILLS: Readonly<Record<string, string>> = {
  cold: 'fill-tier-cold',
  warm: 'fill-tier-warm',
  hot: 'fill-tier-hot',
};

/** In hundredths of a percent, as wide as the whole. */
const WIDTH = 10_000;

/** One bar, cold first, with a mark where the promise is. The figures stand beside it in a table. */
export function TierGauge({
  of,
  tiers,
  band,
}: {
  /** "SOL", "all assets". */
  of: string;
  tiers: readonly TierRow[];
  band: BandView;
}) {
  const parts = tiers.map(({ tier, share }) => `${tier} ${shareText(share)}`).join(', ');
  const starts = tiers.map((_, place) =>
    tiers.slice(0, place).reduce((sum, { share }) => sum + (share ?? 0), 0),
  );
  return (
    <div>
      <svg
        viewBox={`0 0 ${WIDTH} 100`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${of}: ${parts}. The promise is over ${shareText(band.floor)} in cold.`}
        className="h-6 w-full rounded-sm bg-sunken"
      >
        {tiers.map(({ tier, share }, place) => (
          <rect
            key={tier}
            x={starts[place]}
            width={share ?? 0}
            height="100"
            className={FILLS[tier] ?? 'fill-line'}
          />
        ))}
        <rect x={band.floor - 15} width="30" height="100" className="fill-text" />
      </svg>
      <p aria-hidden="true" className="mt-1 text-end text-xs text-text-quiet">
        The mark: over {shareText(band.floor)} in cold is promised
      </p>
    </div>
  );
}
