/** The newest block of a chain that nothing takes back any more; nobody knew its hash before it was made. */
import { chainFacts } from '#lib/chains/registry.ts';
import { newestFinalBlock } from '#lib/chains/solana/newest-block.ts';
import type { BlockAnchor } from '#lib/protocol/control-intent.ts';
import type { WorkerContext } from '../execution/worker-context.ts';

type Nodes = Pick<WorkerContext, 'solana' | 'bitcoin' | 'ethereum'>;

async function onSolana({ solana }: Nodes): Promise<BlockAnchor> {
  const { slot, hash } = await newestFinalBlock(solana.connection);
  return { height: Number(slot), hash };
}

/** The chain never says final: it is the depth from which a payment counts. */
async function onBitcoin(chain: string, { bitcoin }: Nodes): Promise<BlockAnchor> {
  if (!bitcoin) throw new Error('No Bitcoin node is configured.');
  const { confirmations } = chainFacts(chain);
  if (confirmations === null) throw new Error(`Nothing says from when ${chain} is final.`);
  const tip = await bitcoin.tip();
  const height = Math.max(0, tip.height - confirmations + 1);
  const hash = await bitcoin.blockHash(height);
  if (hash === null) throw new Error(`The Bitcoin node has no block ${height} below its newest.`);
  return { height, hash };
}

async function onEthereum({ ethereum }: Nodes): Promise<BlockAnchor> {
  if (!ethereum) throw new Error('No Ethereum node is configured.');
  const block = await ethereum.getBlock('finalized');
  if (!block) throw new Error('The Ethereum node knows no final block.');
  return { height: Number(block.number), hash: block.hash };
}

/**
 * @throws what the node's client throws, where no node of the chain is configured, and where it has no
 * such block: ask again later.
 */
export function finalBlock(chain: string, nodes: Nodes): Promise<BlockAnchor> {
  switch (chainFacts(chain).family) {
    case 'solana':
      return onSolana(nodes);
    case 'bitcoin':
      return onBitcoin(chain, nodes);
    case 'ethereum':
      return onEthereum(nodes);
  }
}

/** One after the other, in the order of chains. */
export async function finalBlocks(
  chains: readonly string[],
  nodes: Nodes,
): Promise<({ chain: string } & BlockAnchor)[]> {
  const blocks: ({ chain: string } & BlockAnchor)[] = [];
  for (const chain of [...new Set(chains)].toSorted())
    blocks.push({ chain, ...(await finalBlock(chain, nodes)) });
  return blocks;
}
