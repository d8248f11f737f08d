/**
 * Bounds of a new installation for each asset, in its smallest unit: what is large, what one withdrawal and
 * one day may take, what leaves under one key in a day until an outside audit is on record, how much a
 * first payment to an address may be, and what may be missing with one approver and with two. Roughly the same worth in each; a policy change sets them.
 */
export type AssetBounds = {
  asset: string;
  /** What rules are called by after their own name. */
  suffix: string;
  large: string;
  /** As people read it. */
  largeText: string;
  perOperation: string;
  perDay: string;
  keyPerDay: string;
  firstPayment: string;
  fewMissing: string;
  fewMissingText: string;
  manyMissing: string;
  manyMissingText: string;
};

export const assetBounds: readonly AssetBounds[] = [
  {
    asset: 'SOL',
    suffix: '',
    large: '1000000000000',
    largeText: '1,000 SOL',
    perOperation: '5000000000000',
    perDay: '20000000000000',
    keyPerDay: '10000000000000',
    firstPayment: '50000000000',
    fewMissing: '100000000',
    fewMissingText: '0.1 SOL',
    manyMissing: '10000000000',
    manyMissingText: '10 SOL',
  },
  {
    asset: 'BTC',
    suffix: '-btc',
    large: '200000000',
    largeText: '2 BTC',
    perOperation: '1000000000',
    perDay: '4000000000',
    keyPerDay: '2000000000',
    firstPayment: '10000000',
    fewMissing: '20000',
    fewMissingText: '0.0002 BTC',
    manyMissing: '2000000',
    manyMissingText: '0.02 BTC',
  },
  {
    asset: 'ETH',
    suffix: '-eth',
    large: '50000000000000000000',
    largeText: '50 ETH',
    perOperation: '250000000000000000000',
    perDay: '1000000000000000000000',
    keyPerDay: '500000000000000000000',
    firstPayment: '2500000000000000000',
    fewMissing: '5000000000000000',
    fewMissingText: '0.005 ETH',
    manyMissing: '500000000000000000',
    manyMissingText: '0.5 ETH',
  },
  {
    asset: 'EURC',
    suffix: '-eurc',
    large: '150000000000',
    largeText: '150,000 EURC',
    perOperation: '750000000000',
    perDay: '3000000000000',
    keyPerDay: '1500000000000',
    firstPayment: '7500000000',
    fewMissing: '15000000',
    fewMissingText: '15 EURC',
    manyMissing: '1500000000',
    manyMissingText: '1,500 EURC',
  },
];
