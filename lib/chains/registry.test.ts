import { expect, test } from 'vitest';
import { assetCode, chainId } from '#lib/protocol/scalars.ts';
import { assetFacts, assets } from './assets.ts';
import { chainFacts, chains, chainsIn, familyOf, findChain, suitesFor } from './registry.ts';

test('every chain has an id of its own, in the form that intents take', () => {
  for (const { chain } of chains) expect(chainId.safeParse(chain).success, chain).toBe(true);
  expect(new Set(chains.map(({ chain }) => chain)).size).toBe(chains.length);
});

test('every asset of a chain is in the table of assets, its fee asset among those that live there', () => {
  for (const { chain, assets: here, feeAsset } of chains) {
    for (const { asset } of here) expect(assetFacts(asset).chains, asset).toContain(chain);
    const native = here.filter(({ token }) => token === null).map(({ asset }) => asset);
    expect(native, chain).toEqual([feeAsset]);
  }
});

test('every asset lives on a chain, and its code has the form that intents take', () => {
  for (const { code, chains: where } of assets) {
    expect(assetCode.safeParse(code).success, code).toBe(true);
    expect(where.length, code).toBeGreaterThan(0);
  }
});

test('no chain serves both the sandbox and production', () => {
  const sandbox = chainsIn('sandbox').map(({ chain }) => chain);
  expect(chainsIn('production').filter(({ chain }) => sandbox.includes(chain))).toEqual([]);
  expect(sandbox.length).toBeGreaterThan(0);
});

test('a chain takes the suites that its facts say, and one that nobody here knows takes none', () => {
  for (const { chain, suites } of chains) expect(suitesFor(chain)).toBe(suites);
  expect(suitesFor('solana:sandbox')).toEqual(['FROST-ED25519-SHA512-v1']);
  for (const chain of ['solana:devnet', 'cosmos:hub', 'constructor:x', '__proto__:x', ''])
    expect(suitesFor(chain)).toEqual([]);
});

test('a chain that is not in the registry has no facts', () => {
  expect(findChain('solana:devnet')).toBeNull();
  expect(familyOf('dogecoin:main')).toBeNull();
  expect(() => chainFacts('solana:devnet')).toThrow('Unknown chain');
});
