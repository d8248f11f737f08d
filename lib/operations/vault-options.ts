/** The vaults that a withdrawal can leave from, with what there is of the client's to send. */
import { assetFacts } from '#lib/chains/assets.ts';
import { chainFacts } from '#lib/chains/registry.ts';
import { isUnknownAsset } from '#lib/chains/unknown-asset.ts';
import { vaultsOfClient, type ClientPosition } from '#lib/ledger/client-positions.ts';
import type { Context } from '#lib/platform/context.ts';
import { formatAmount } from '#lib/protocol/amount.ts';
import type { VaultView } from './list-vaults.ts';

export type VaultOption = {
  id: string;
  name: string;
  tier: string;
  chain: string;
  /** Exact decimal text per asset, by the ledger: the chosen client's own where clients have accounts of their own. */
  holdings: { asset: string; amount: string }[];
  /** Whose holdings those are; null for those of all. */
  owner: string | null;
};

type Positions = readonly { asset: string; lies: readonly ClientPosition[] }[];

const isByOwner = (chain: string): boolean => chainFacts(chain).accounts === 'by-owner';

/** @param client chosen in the form; null while nobody is. */
export async function vaultOptions(
  vaults: readonly VaultView[],
  client: string | null,
  context: Pick<Context, 'db'>,
): Promise<VaultOption[]> {
  const positions = client === null ? [] : await positionsOf(client, vaults, context);
  return vaults.map(({ id, name, tier, chain, holdings }) => {
    const owner = isByOwner(chain) ? client : null;
    return {
      id,
      name,
      tier,
      chain,
      holdings: owner === null ? holdings : holdingsIn(id, positions),
      owner,
    };
  });
}

/** Where the client's coins lie, of every asset in a vault that gives clients accounts of their own. */
async function positionsOf(
  client: string,
  vaults: readonly VaultView[],
  { db }: Pick<Context, 'db'>,
): Promise<Positions> {
  const held = vaults
    .filter(({ chain }) => isByOwner(chain))
    .flatMap(({ holdings }) => holdings.map(({ asset }) => asset));
  const known = [...new Set(held)].filter((asset) => !isUnknownAsset(asset));
  return Promise.all(
    known.map(async (asset) => ({ asset, lies: await vaultsOfClient(db, { client, asset }) })),
  );
}

function holdingsIn(vault: string, positions: Positions): VaultOption['holdings'] {
  return positions.flatMap(({ asset, lies }) => {
    const amount = lies.find((row) => row.vault === vault)?.amount ?? 0n;
    return amount > 0n ? [{ asset, amount: formatAmount(amount, assetFacts(asset).decimals) }] : [];
  });
}
