/**
 * Every chain that vaults can lie on. One is added by a folder beside this file and a line here; what
 * reads and writes it is looked up by family.
 */
import type { Environment } from '#lib/protocol/scalars.ts';
import type { KeySuite } from '#lib/protocol/suites.ts';
import type { ChainFacts, ChainFamily } from './chain-facts.ts';
import { bitcoinChains } from './bitcoin/chain.ts';
import { ethereumChains } from './ethereum/chain.ts';
import { solanaChains } from './solana/chain.ts';

export const chains: readonly ChainFacts[] = [...solanaChains, ...bitcoinChains, ...ethereumChains];

/** @returns null for a chain that nobody here knows. */
export const findChain = (chain: string): ChainFacts | null =>
  chains.find((facts) => facts.chain === chain) ?? null;

/** @throws for a chain that is not in the registry: a broken invariant. */
export function chainFacts(chain: string): ChainFacts {
  const facts = findChain(chain);
  if (!facts) throw new Error(`Unknown chain ${chain}`);
  return facts;
}

/** @returns null for a chain that nobody here knows. */
export const familyOf = (chain: string): ChainFamily | null => findChain(chain)?.family ?? null;

/** The suites of keys that can move what lies on a chain; none for a chain that nobody here knows. */
export const suitesFor = (chain: string): readonly KeySuite[] => findChain(chain)?.suites ?? [];

/** The chains that an installation of this environment moves assets on. */
export const chainsIn = (environment: Environment): ChainFacts[] =>
  chains.filter((facts) => facts.environment === environment);

/** Ids of a family's chains, for queries. */
export const chainsOfFamily = (family: ChainFamily): string[] =>
  chains.filter((facts) => facts.family === family).map(({ chain }) => chain);
