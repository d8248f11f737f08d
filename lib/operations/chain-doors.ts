/** The web server's own way to the nodes, to say whether they answer. It moves nothing and writes nothing. */
import { createCoreSource } from '#lib/chains/bitcoin/client/core-source.ts';
import { createEsploraSource } from '#lib/chains/bitcoin/client/esplora-source.ts';
import type { BitcoinSource } from '#lib/chains/bitcoin/client/source.ts';
import type { ChainFacts, ChainFamily } from '#lib/chains/chain-facts.ts';
import { secondBlockOf } from '#lib/chains/bitcoin/networks.ts';
import { chainIdOf, genesisOf } from '#lib/chains/ethereum/chain.ts';
import { createEthereumClient } from '#lib/chains/ethereum/client/client.ts';
import { badAnswer } from '#lib/chains/ethereum/client/rpc-error.ts';
import { createSolanaClient } from '#lib/chains/solana/client.ts';
import { newestFinalBlock } from '#lib/chains/solana/newest-block.ts';
import type { Context } from '#lib/platform/context.ts';
import type { NodeDoor } from './chain-status.ts';
import { servedChains } from './served-chains.ts';

/** Short, so that a page and a health check answer while a node hangs. */
const timeoutMs = 2_000;

/**
 * Blocks by which one of two honest nodes may be behind the other: a quarter of an hour on Bitcoin, a few minutes on
 * Ethereum.
 */
export const lagMaxOf: Readonly<Record<ChainFamily, number>> = {
  bitcoin: 2,
  ethereum: 16,
  solana: 64,
};

export type ServedNodes = { facts: ChainFacts; doors: NodeDoor[] };

/** One entry for each chain that this installation has nodes of. */
export const openDoors = (context: Context): ServedNodes[] =>
  servedChains(context.settings).map((facts) => ({ facts, doors: doorsOf(facts, context) }));

function doorsOf({ family, chain }: ChainFacts, context: Context): NodeDoor[] {
  const { nodes = {}, solanaRpc } = context.settings;
  switch (family) {
    case 'bitcoin':
      return (nodes.bitcoin ?? []).map((node) => openBitcoin(node, chain, context));
    case 'ethereum':
      return (nodes.ethereum ?? []).map((url) => openEthereum(url, chain, context));
    case 'solana':
      return solanaRpc === undefined ? [] : [openSolana(solanaRpc, chain, context)];
  }
}

/** Until the worker has put a chain on record, any second block will do, except on mainnet. */
function openBitcoin(node: string, chain: string, { db }: Context): NodeDoor {
  const url = node.replace(/^(?:core|esplora):/, '');
  const accepts = async (secondBlock: string) => {
    const recorded = await db.chainIdentity.findUnique({ where: { chain } });
    return [secondBlockOf(chain), recorded?.genesisHash].every(
      (meant) => (meant ?? secondBlock) === secondBlock,
    );
  };
  const source: BitcoinSource = node.startsWith('esplora:')
    ? createEsploraSource(url, { chain, timeoutMs, accepts })
    : createCoreSource({ url, chain, credentials: null, timeoutMs, accepts });
  return {
    newest: async () => {
      const { height, hash } = await source.tip();
      return { height: BigInt(height), hash };
    },
    hashAt: (height) => source.blockHash(Number(height)),
  };
}

/** Until the worker has put a chain on record, any first block will do. */
function openEthereum(url: string, chain: string, { db }: Context): NodeDoor {
  const accepts = async ({ chainId, genesisHash }: { chainId: bigint; genesisHash: string }) => {
    if (chainId !== chainIdOf(chain)) return false;
    const recorded = await db.chainIdentity.findUnique({ where: { chain } });
    const meant = genesisOf(chain) ?? recorded?.genesisHash ?? genesisHash;
    return meant === genesisHash && (recorded?.genesisHash ?? meant) === genesisHash;
  };
  const client = createEthereumClient(url, { timeoutMs, accepts });
  return {
    newest: async () => {
      const block = await client.getBlock('latest');
      if (!block) throw badAnswer('eth_getBlockByNumber', 'it has no newest block');
      return { height: block.number, hash: block.hash };
    },
    hashAt: async (height) => (await client.getBlock(height))?.hash ?? null,
  };
}

function openSolana(url: string, chain: string, { db }: Context): NodeDoor {
  const accepts = async (genesisHash: string) => {
    const recorded = await db.chainIdentity.findUnique({ where: { chain } });
    return recorded === null || recorded.genesisHash === genesisHash;
  };
  const client = createSolanaClient(url, { timeoutMs, accepts });
  return {
    newest: async () => {
      const { slot, hash } = await newestFinalBlock(client.connection);
      return { height: slot, hash };
    },
    // It has one node here, so there is nothing to compare.
    hashAt: async () => null,
  };
}
