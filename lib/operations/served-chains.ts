/** Which chains this installation reads and writes: those of its environment that it has a node of. */
import { chainsIn } from '#lib/chains/registry.ts';
import type { ChainFacts } from '#lib/chains/chain-facts.ts';
import type { Settings } from '#lib/platform/context.ts';
import { suitesMade, type KeySuite } from '#lib/protocol/suites.ts';

export const servedChains = ({
  mode,
  nodes = {},
}: Pick<Settings, 'mode' | 'nodes'>): ChainFacts[] =>
  chainsIn(mode).filter(({ family }) => family === 'solana' || (nodes[family]?.length ?? 0) > 0);

/** How keys of vaults on a chain can be made now, the usual one first. */
export const suitesOn = ({ suites }: ChainFacts): KeySuite[] =>
  suites.filter((suite) => suitesMade.includes(suite));
