/** The adapter of each family of chains. */
import { chainFacts } from '#lib/chains/registry.ts';
import type { ChainAdapter } from './chain-adapter.ts';
import { ethereumAdapter } from './ethereum-adapter.ts';
import { solanaAdapter } from './solana-adapter.ts';

/** @throws for a chain that nothing here reads or writes: no operation on one is raised. */
export function adapterFor(chain: string): ChainAdapter {
  const { family } = chainFacts(chain);
  if (family === 'solana') return solanaAdapter;
  if (family === 'ethereum') return ethereumAdapter;
  throw new Error(`Nothing here carries operations on ${chain}`);
}
