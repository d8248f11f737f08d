/**
 * Chains as a source: what lies in a vault at one place of its chain, and each movement up to there. Every
 * reading asks the chain anew; how is a matter of its family.
 */
import type { BitcoinSource } from '#lib/chains/bitcoin/client/source.ts';
import { BitcoinNodeError } from '#lib/chains/bitcoin/client/node-error.ts';
import { EndpointsDiffer } from '#lib/chains/endpoints-differ.ts';
import type { EthereumClient } from '#lib/chains/ethereum/client/client.ts';
import { EthereumRpcError } from '#lib/chains/ethereum/client/rpc-error.ts';
import { chainFacts } from '#lib/chains/registry.ts';
import type { SolanaClient } from '#lib/chains/solana/client.ts';
import { SolanaRpcError } from '#lib/chains/solana/rpc-error.ts';
import { isUnknownAsset } from '#lib/chains/unknown-asset.ts';
import { ownInVaultAccount, vaultAccount } from '#lib/ledger/accounts.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { readBitcoin } from './bitcoin-reading.ts';
import { isMarkThere } from './block-mark.ts';
import { chainNames } from './chain-names.ts';
import { chainPlaces } from './chain-places.ts';
import { readEthereum } from './ethereum-reading.ts';
import type { OutsideReading, OutsideSource, Since, SourceRefusal } from './outside-source.ts';
import { readSolana } from './solana-reading.ts';
import { readEthereumToken, readToken, unknownPlaces } from './unknown-tokens.ts';

type Needs = Pick<Context, 'db' | 'clock'> & {
  solana: SolanaClient;
  /** Each where a node of it is configured. */
  bitcoin?: BitcoinSource;
  ethereum?: EthereumClient;
};
type Vault = { id: string; address: string; chain: string };

export function chainSource(needs: Needs): OutsideSource {
  const { db } = needs;
  return {
    graceSeconds: 0,
    // The custodian's own account in a vault lies on the chain among the others.
    accounts: ({ place, asset }) => [vaultAccount(place, asset), ownInVaultAccount(place, asset)],
    isAfter: (position, cut) => BigInt(position) > BigInt(cut),
    places: async () => [...(await chainPlaces(db)), ...(await unknownPlaces(db))],
    read: async ({ place, asset }, since) => {
      const vault = await db.vault.findUniqueOrThrow({ where: { id: place } });
      try {
        return await readVault(vault, { asset, since }, needs);
      } catch (error) {
        return refusalOf(error);
      }
    },
    stands: async ({ place }, mark) => {
      const { chain } = await db.vault.findUniqueOrThrow({ where: { id: place } });
      const { bitcoin } = needs;
      // Ethereum reads no more than so many blocks in a run, so it can't go back to one long ago.
      if (chainFacts(chain).family !== 'bitcoin' || !bitcoin) return ok(true);
      try {
        return ok(await isMarkThere(mark, bitcoin));
      } catch (error) {
        return refusalOf(error);
      }
    },
    namesOf: ({ place }, journals) => chainNames(db, place, journals),
  };
}

async function readVault(
  vault: Vault,
  { asset, since }: { asset: string; since: Since },
  needs: Needs,
): Promise<Result<OutsideReading, SourceRefusal>> {
  const { solana, bitcoin, ethereum } = needs;
  const { family, name } = chainFacts(vault.chain);
  switch (family) {
    case 'solana':
      return isUnknownAsset(asset)
        ? ok(await readToken(vault, asset, { solana, at: needs.clock() }))
        : readSolana(vault, since, needs);
    case 'bitcoin':
      return bitcoin ? readBitcoin(vault, since, { ...needs, bitcoin }) : noNode(name);
    case 'ethereum':
      if (ethereum && isUnknownAsset(asset))
        return readEthereumToken(vault, asset, { db: needs.db, ethereum, at: needs.clock() });
      return ethereum
        ? readEthereum(vault, { asset, since }, { ...needs, ethereum })
        : noNode(name);
  }
}

const noNode = (name: string) =>
  refuse('source-unreachable', `No node of ${name} is configured here, so nobody was asked.`);

/** @throws what no node has said. */
function refusalOf(error: unknown): Result<never, SourceRefusal> {
  if (error instanceof EndpointsDiffer)
    return refuse(
      'sources-differ',
      `The two nodes of the chain do not say the same (${error.message}). Find out which is right and run it again.`,
    );
  const isOfNode =
    error instanceof SolanaRpcError ||
    error instanceof BitcoinNodeError ||
    error instanceof EthereumRpcError;
  if (!isOfNode) throw error;
  return refuse(
    'source-unreachable',
    `The chain could not be read (${error.message}). Check the node and run it again.`,
  );
}
