/** The worker's doors to the nodes of Bitcoin and Ethereum, where it was given any. */
import { readFileSync } from 'node:fs';
import { agreeingSource } from '#lib/chains/bitcoin/client/agreeing-source.ts';
import { createCoreSource } from '#lib/chains/bitcoin/client/core-source.ts';
import { createEsploraSource } from '#lib/chains/bitcoin/client/esplora-source.ts';
import type { BitcoinSource } from '#lib/chains/bitcoin/client/source.ts';
import { secondBlockOf } from '#lib/chains/bitcoin/networks.ts';
import { chainIdOf, genesisOf } from '#lib/chains/ethereum/chain.ts';
import { agreeingClient } from '#lib/chains/ethereum/client/agreeing-client.ts';
import { createEthereumClient, type EthereumClient } from '#lib/chains/ethereum/client/client.ts';
import { chainsIn } from '#lib/chains/registry.ts';
import type { ChainFamily } from '#lib/chains/chain-facts.ts';
import type { ChainNodes, Context } from '#lib/platform/context.ts';
import { recordedIdentity } from './recorded-chain.ts';
import type { WorkerContext } from './worker-context.ts';

type Nodes = Pick<WorkerContext, 'bitcoin' | 'ethereum'>;

/** @throws on a cookie file that can't be read, and on addresses that can't be. */
export function openNodes(
  context: Context,
  { nodes, bitcoinCookieFile }: { nodes: ChainNodes; bitcoinCookieFile: string | null },
): Nodes {
  const bitcoin = pairOf(
    nodes.bitcoin,
    (node) => openBitcoin(node, context, bitcoinCookieFile),
    agreeingSource,
  );
  const ethereum = pairOf(nodes.ethereum, (node) => openEthereum(node, context), agreeingClient);
  return { ...(bitcoin ? { bitcoin } : {}), ...(ethereum ? { ethereum } : {}) };
}

function pairOf<T>(
  nodes: readonly string[] | undefined,
  open: (node: string) => T,
  agree: (first: T, second: T) => T,
): T | null {
  const [first, second] = (nodes ?? []).map(open);
  if (first === undefined) return null;
  return second === undefined ? first : agree(first, second);
}

function chainOf(family: ChainFamily, { settings }: Context): string {
  const found = chainsIn(settings.mode).find((facts) => facts.family === family);
  if (!found) throw new Error(`No chain of ${family} for mode ${settings.mode}`);
  return found.chain;
}

/** @param node `core:` or `esplora:` and an address, as the environment was checked to say. */
function openBitcoin(node: string, context: Context, cookieFile: string | null): BitcoinSource {
  const url = node.replace(/^(?:core|esplora):/, '');
  const chain = chainOf('bitcoin', context);
  // Every regtest has the same first block, so the one after it is what goes on record.
  const accepts = recordedIdentity(context, {
    chain,
    expected: secondBlockOf(chain),
    variable: 'COUNTERSIGN_BITCOIN_NODES',
  });
  if (node.startsWith('esplora:')) return createEsploraSource(url, { chain, accepts });
  return createCoreSource({ url, chain, accepts, credentials: credentialsIn(cookieFile) });
}

function credentialsIn(cookieFile: string | null): { user: string; password: string } | null {
  if (cookieFile === null) return null;
  const [user = '', ...password] = readFileSync(cookieFile, 'utf8').trim().split(':');
  return { user, password: password.join(':') };
}

function openEthereum(url: string, context: Context): EthereumClient {
  const chain = chainOf('ethereum', context);
  const isRecorded = recordedIdentity(context, {
    chain,
    expected: genesisOf(chain),
    variable: 'COUNTERSIGN_ETHEREUM_NODES',
  });
  const accepts = async ({ chainId, genesisHash }: { chainId: bigint; genesisHash: string }) =>
    chainId === chainIdOf(chain) && isRecorded(genesisHash);
  return createEthereumClient(url, { accepts });
}
