/** What the form for a transfer between vaults offers. */
import { assets } from '#lib/chains/assets.ts';
import { chainFacts } from '#lib/chains/registry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { vaultPositions } from '#lib/ledger/queries.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { shownText } from '#lib/protocol/free-text.ts';

export type TransferVault = {
  id: string;
  name: string;
  tier: string;
  chain: string;
  address: string;
  /** By the ledger, smallest unit, for every asset that lives on its chain. */
  holdings: { asset: string; units: string }[];
  /** Highest network fee, smallest unit of the chain's fee asset. */
  highestFee: string;
};

export type TransferOptions = {
  vaults: TransferVault[];
  assets: { asset: string; decimals: number; chains: readonly string[] }[];
};

const vaultsMax = 1_000;

export async function listTransferOptions(
  actor: Actor,
  { db }: Context,
): Promise<Result<TransferOptions>> {
  const refused = lacksScope(actor, 'operation:raise');
  if (refused) return refused;
  const [vaults, positions] = await Promise.all([
    db.vault.findMany({ orderBy: { id: 'asc' }, take: vaultsMax }),
    vaultPositions(db),
  ]);
  return ok({
    assets: assets.map(({ code, decimals, chains }) => ({ asset: code, decimals, chains })),
    vaults: vaults.map(({ id, name, tier, chain, address }) => ({
      id,
      name: shownText(name),
      tier,
      chain,
      address,
      holdings: assets
        .filter(({ chains }) => chains.includes(chain))
        .map(({ code }) => ({
          asset: code,
          units: positions.find((row) => row.vault === id && row.asset === code)?.amount ?? '0',
        })),
      highestFee: chainFacts(chain).highestFee.toString(),
    })),
  });
}
