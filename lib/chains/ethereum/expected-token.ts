import { assetFacts } from '../assets.ts';
import type { ChainFacts } from '../chain-facts.ts';
import type { ExpectedToken } from './client/token-facts.ts';

/** Every token of a chain with its contract and what that has to say of itself, by our data. */
export const expectedTokens = ({
  assets,
}: Pick<ChainFacts, 'assets'>): { asset: string; token: string; expected: ExpectedToken }[] =>
  assets.flatMap(({ asset, token, names = [], symbol = asset }) =>
    token === null
      ? []
      : [{ asset, token, expected: { decimals: assetFacts(asset).decimals, symbol, names } }],
  );
