/** Tokens outside the registry as a source: how much of one lies in a vault, by the chain. */
import { chainsOfFamily } from '#lib/chains/registry.ts';
import type { SolanaClient } from '#lib/chains/solana/client.ts';
import { getTokenBalances } from '#lib/chains/solana/token-balances.ts';
import { unknownAssetCode } from '#lib/chains/unknown-asset-code.ts';
import { isUnknownAsset } from '#lib/chains/unknown-asset.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Place } from '../place.ts';
import type { OutsideReading } from './outside-source.ts';

/** Anybody can send tokens, so there may be many; beyond this the oldest names are still looked at. */
const placesMax = 2_000;

/** Each vault with each unknown asset that was ever booked in it. */
export async function unknownPlaces(db: Database): Promise<{ place: Place; isHourly: boolean }[]> {
  const accounts = await db.account.findMany({
    where: {
      kind: 'vault',
      asset: { startsWith: 'UNK' },
      vault: { chain: { in: chainsOfFamily('solana') } },
    },
    include: { vault: { select: { id: true, tier: true } } },
    orderBy: { id: 'asc' },
    take: placesMax,
  });
  return accounts.flatMap(({ asset, vault }) =>
    vault && isUnknownAsset(asset)
      ? [
          {
            place: { kind: 'chain' as const, asset, place: vault.id },
            isHourly: vault.tier === 'hot',
          },
        ]
      : [],
  );
}

/** One item that names the token, for as long as there is some. @throws SolanaRpcError */
export async function readToken(
  vault: { address: string; chain: string },
  asset: string,
  { solana, at }: { solana: SolanaClient; at: Date },
): Promise<OutsideReading> {
  const { slot, tokens } = await getTokenBalances(solana.connection, vault.address);
  const token = tokens.find(({ mint }) => unknownAssetCode(vault.chain, mint) === asset);
  return {
    source: vault.chain,
    position: slot.toString(),
    balance: token?.amount ?? 0n,
    mark: null,
    items: token
      ? [
          {
            ref: `token:${token.mint}`,
            transaction: null,
            reference: token.mint,
            amount: token.amount.toString(),
            at: at.toISOString(),
            corrects: null,
            position: null,
            underWay: false,
          },
        ]
      : [],
  };
}
