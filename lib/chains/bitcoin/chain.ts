/** Bitcoin, as data. */
import type { ChainFacts } from '../chain-facts.ts';
import { BITCOIN_MAINNET, BITCOIN_REGTEST } from './networks.ts';

/** The one asset; amounts are satoshi. */
export const BITCOIN = 'BTC';

const bitcoin = {
  family: 'bitcoin',
  feeAsset: BITCOIN,
  assets: [{ asset: BITCOIN, token: null }],
  suites: ['FROST-secp256k1-SHA256-TR-v1', 'DKLS23-secp256k1-SHA256-v1'],
  accounts: 'by-owner',
  takesMemo: false,
  feePaidBy: 'sender',
  // Satoshi. A payment with five inputs, 370 virtual bytes, at 270 a virtual byte.
  highestFee: 100_000n,
} as const;

export const bitcoinChains: readonly ChainFacts[] = [
  {
    ...bitcoin,
    chain: BITCOIN_REGTEST,
    name: 'Bitcoin, sandbox',
    environment: 'sandbox',
    // Nobody mines against the sandbox; two show that depth is counted.
    confirmations: 2,
  },
  {
    ...bitcoin,
    chain: BITCOIN_MAINNET,
    name: 'Bitcoin mainnet',
    environment: 'production',
    // What exchanges have long waited for: an hour on average.
    confirmations: 6,
  },
];
