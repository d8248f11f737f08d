/** Assets the console knows: data, so that adding one touches no code. */
import { chains } from './registry.ts';

export type AssetFacts = {
  code: string;
  name: string;
  /** Digits after the point in what people read. */
  decimals: number;
  /** CAIP-2 ids of the chains it lives on. */
  chains: readonly string[];
};

const known: readonly Omit<AssetFacts, 'chains'>[] = [
  { code: 'SOL', name: 'Solana', decimals: 9 },
  { code: 'BTC', name: 'Bitcoin', decimals: 8 },
  { code: 'ETH', name: 'Ether', decimals: 18 },
  { code: 'EURC', name: 'Euro Coin', decimals: 6 },
];

export const assets: readonly AssetFacts[] = known.map((asset) => ({
  ...asset,
  chains: chains
    .filter((facts) => facts.assets.some((entry) => entry.asset === asset.code))
    .map(({ chain }) => chain),
}));

/**
 * Money that lies at credit institutions and on no chain. Nothing is held, sent or limited in it by
 * threshold keys, so it stands in none of the lists that parties and policies go by.
 */
export const currencies: readonly AssetFacts[] = [
  { code: 'EUR', name: 'Euro', decimals: 2, chains: [] },
];

/** @throws when a stored document names an asset that isn't in the table: a broken invariant. */
export function assetFacts(code: string): AssetFacts {
  const facts = [...assets, ...currencies].find((asset) => asset.code === code);
  if (!facts) throw new Error(`Unknown asset ${code}`);
  return facts;
}
