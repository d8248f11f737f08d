/** Solana, as data. */
import type { ChainFacts } from '../chain-facts.ts';

const solana = {
  family: 'solana',
  feeAsset: 'SOL',
  assets: [{ asset: 'SOL', token: null }],
  suites: ['FROST-ED25519-SHA512-v1'],
  accounts: 'pooled',
  takesMemo: true,
  feePaidBy: 'custodian',
  // The chain calls a slot final itself.
  confirmations: null,
  // Two signatures cost 10,000 lamports; the bound leaves no room for priority fees.
  highestFee: 10_000n,
} as const;

export const solanaChains: readonly ChainFacts[] = [
  { ...solana, chain: 'solana:sandbox', name: 'Solana, sandbox', environment: 'sandbox' },
  { ...solana, chain: 'solana:mainnet', name: 'Solana mainnet', environment: 'production' },
];
