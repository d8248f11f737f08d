import { describe, expect, it } from 'vitest';
import { chains } from '#lib/chains/registry.ts';
import { breachesOf, readInputs } from './inputs-document.ts';

const chain = 'bip122:regtest';
const hot = { chain, address: 'House', client: null, source: 'vault', vault: 'hot-1' };
const common = {
  addresses: [
    { ...hot, ownerClass: 'client-omnibus' },
    {
      chain,
      address: 'Fees',
      ownerClass: 'own',
      client: null,
      source: 'fee-account',
      vault: null,
    },
  ],
  ownAssets: [
    { name: 'hot-1', asset: 'BTC', units: '7' },
    { name: 'vault-hot-1', asset: 'BTC', units: '3' },
  ],
  surplus: [{ asset: 'BTC', units: '0' }],
  depositsAt: [{ chain, address: 'Fees', asset: 'BTC', units: '4' }],
  destinations: [{ chain, address: 'House', client: 'C-1001' }],
  clients: [],
};
const first = { type: 'countersign/segregation-inputs/v1', ...common };
const second = {
  type: 'countersign/segregation-inputs/v2',
  ...common,
  addresses: [{ ...hot, ownerClass: 'own' }],
  ownAssets: [{ name: 'vault-hot-1', asset: 'BTC', units: '3' }],
  depositsAt: [],
  destinations: [{ chain, address: 'One', client: 'C-1001' }],
  accounts: [
    { address: 'House', branch: 'receive', client: null, vault: 'hot-1' },
    { address: 'One', branch: 'receive', client: 'C-1002', vault: 'hot-1' },
  ],
  held: [
    { client: null, vault: 'hot-1', asset: 'BTC', units: '3' },
    { client: 'C-1002', vault: 'hot-1', asset: 'BTC', units: '5' },
  ],
  owed: [{ client: 'C-1002', asset: 'BTC', units: '5' }],
};
const found = (document: object) =>
  breachesOf(readInputs(JSON.stringify(document))).map(({ kind, subject }) => [kind, subject]);

describe('inputs that a check keeps', () => {
  it('of before owners’ accounts were looked at show the breaches that they showed then', () => {
    expect(found(first)).toEqual([
      ['own-coins-at-client-address', 'House'],
      ['client-coins-at-own-address', 'Fees'],
      ['own-address-on-list', 'House'],
    ]);
  });

  it('of today hold owners’ accounts against lists, the register and what each is owed', () => {
    expect(found(second)).toEqual([['own-address-on-list', 'One']]);
    const other = { ...hot, address: 'One', ownerClass: 'own', source: 'registered', vault: null };
    expect(found({ ...second, addresses: [...second.addresses, other] })).toEqual([
      ['address-in-two-classes', 'One'],
      ['own-address-on-list', 'One'],
    ]);
    const unowed = [{ client: 'C-1002', asset: 'BTC', units: '4' }];
    expect(found({ ...second, destinations: [], owed: unowed })).toEqual([
      ['others-coins-at-client-address', 'BTC'],
    ]);
  });

  it('are refused where they are none, or have more in them than their version has', () => {
    expect(() => readInputs('{}')).toThrow();
    expect(() => readInputs(JSON.stringify({ ...first, held: [] }))).toThrow();
    expect(() => readInputs(JSON.stringify({ ...second, type: 'v3' }))).toThrow();
  });
});

it('no asset lives both in shared vaults and in accounts by owner, or what is owed could not be held against accounts', () => {
  const assetsOf = (kind: string) =>
    chains.filter(({ accounts }) => accounts === kind).flatMap(({ assets }) => assets);
  const pooled = new Set(assetsOf('pooled').map(({ asset }) => asset));
  expect(assetsOf('by-owner').filter(({ asset }) => pooled.has(asset))).toEqual([]);
});
