/** The adapter of each family of chains. */
import { chainFacts } from '#lib/chains/registry.ts';
import { bitcoinAdapter } from './bitcoin-adapter.ts';
import type { ChainAdapter } from './chain-adapter.ts';
import { ethereumAdapter } from './ethereum-adapter.ts';
import { solanaAdapter } from './solana-adapter.ts';

/** @throws for a chain that is not in the registry: a broken invariant. */
export function adapterFor(chain: string): ChainAdapter {
  switch (chainFacts(chain).family) {
    case 'solana':
      return solanaAdapter;
    case 'bitcoin':
      return bitcoinAdapter;
    case 'ethereum':
      return ethereumAdapter;
  }
}
