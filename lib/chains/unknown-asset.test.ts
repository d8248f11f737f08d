import { describe, expect, it } from 'vitest';
import { assets, currencies } from './assets.ts';
import { unknownAssetCode } from './unknown-asset-code.ts';
import { decimalsShown, isUnknownAsset } from './unknown-asset.ts';

const mint = 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v';

describe('an asset that the registry does not know', () => {
  it('has one code for each chain and token, which books and addresses take for a code', () => {
    const code = unknownAssetCode('solana:mainnet', mint);
    expect(code).toMatch(/^[A-Z0-9]{2,12}$/);
    expect(isUnknownAsset(code)).toBe(true);
    expect(unknownAssetCode('solana:mainnet', mint)).toBe(code);
    expect(unknownAssetCode('solana:sandbox', mint)).not.toBe(code);
    expect(unknownAssetCode('solana:mainnet', mint.toLowerCase())).not.toBe(code);
  });

  it('is told in its smallest unit, and no asset that is known is taken for one', () => {
    expect(decimalsShown(unknownAssetCode('solana:mainnet', mint))).toBe(0);
    for (const { code, decimals } of [...assets, ...currencies]) {
      expect(isUnknownAsset(code)).toBe(false);
      expect(decimalsShown(code)).toBe(decimals);
    }
    expect(() => decimalsShown('UNKNOWN')).toThrow();
  });
});
