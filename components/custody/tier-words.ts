/** The tiers in words. Pure. */
import type { AssetTiers, TiersView } from '#lib/operations/tiers/view-tiers.ts';
import type { StatusMarkProps } from '../ui/status-mark.tsx';
import { shareText } from './share-text.ts';

export const stateWords: Readonly<
  Record<AssetTiers['state'], Required<Pick<StatusMarkProps, 'shape' | 'tone'>> & { words: string }>
> = {
  inside: { shape: 'dot', tone: 'good', words: 'As promised' },
  below: { shape: 'triangle', tone: 'danger', words: 'Too little in cold' },
  above: { shape: 'ring', tone: 'caution', words: 'Little at hand to pay out' },
};

/** How things stand, in one sentence. */
export function tiersSentence({ assets, band }: Pick<TiersView, 'assets' | 'band'>): string {
  const promise = `The promise of over ${shareText(band.floor)} in cold`;
  const held = assets.filter(({ tiers }) => tiers.some(({ share }) => share !== null));
  if (held.length === 0) return 'Nothing lies in a vault yet.';
  const below = held.filter(({ state }) => state === 'below');
  const cold = ({ asset, tiers }: AssetTiers): string =>
    `${asset} ${shareText(tiers.find(({ tier }) => tier === 'cold')?.share ?? null)}`;
  return below.length === 0
    ? `${promise} is kept: ${held.map(cold).join(', ')}.`
    : `${promise} is not kept: ${below.map(cold).join(', ')}.`;
}
