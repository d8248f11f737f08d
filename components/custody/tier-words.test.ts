import { expect, it } from 'vitest';
import type { AssetTiers } from '#lib/operations/tiers/view-tiers.ts';
import { tiersSentence } from './tier-words.ts';

const band = { floor: 9_500, aim: 9_650, ceiling: 9_850 };
const of = (asset: string, cold: number | null, state: AssetTiers['state']): AssetTiers => ({
  asset,
  total: '1',
  tiers: [{ tier: 'cold', amount: '1', share: cold }],
  state,
  proposal: null,
  underWay: [],
  history: [],
});

it('the state of the tiers is one sentence with the figure of each asset that matters', () => {
  expect(tiersSentence({ assets: [], band })).toBe('Nothing lies in a vault yet.');
  expect(tiersSentence({ assets: [of('SOL', null, 'inside')], band })).toBe(
    'Nothing lies in a vault yet.',
  );
  expect(tiersSentence({ assets: [of('SOL', 9_650, 'inside')], band })).toBe(
    'The promise of over 95.00 % in cold is kept: SOL 96.50 %.',
  );
  expect(
    tiersSentence({ assets: [of('SOL', 9_650, 'inside'), of('ETH', 7_205, 'below')], band }),
  ).toBe('The promise of over 95.00 % in cold is not kept: ETH 72.05 %.');
});
