/** Tokens outside the registry as a source: how much of one lies in a vault, by the chain. */
import type { EthereumClient } from '#lib/chains/ethereum/client/client.ts';
import { chainsOfFamily } from '#lib/chains/registry.ts';
import type { SolanaClient } from '#lib/chains/solana/client.ts';
import { getTokenBalances } from '#lib/chains/solana/token-balances.ts';
import { unknownAssetCode } from '#lib/chains/unknown-asset-code.ts';
import { isUnknownAsset } from '#lib/chains/unknown-asset.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import type { Place } from '../place.ts';
import type { OutsideReading, SourceRefusal } from './outside-source.ts';

/** Anybody can send tokens, so there may be many; beyond this the oldest names are still looked at. */
const placesMax = 2_000;

/** Each vault with each unknown asset that was ever booked in it. */
export async function unknownPlaces(db: Database): Promise<{ place: Place; isHourly: boolean }[]> {
  const accounts = await db.account.findMany({
    where: {
      kind: 'vault',
      asset: { startsWith: 'UNK' },
      vault: { chain: { in: [...chainsOfFamily('solana'), ...chainsOfFamily('ethereum')] } },
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
  return readingOf(vault.chain, { position: slot, token: token ?? null, at });
}

/**
 * The same on Ethereum: what the contract says that the accounts hold to which it said that it moved some.
 * @throws EthereumRpcError, EndpointsDiffer
 */
export async function readEthereumToken(
  vault: { id: string; chain: string },
  asset: string,
  { db, ethereum, at }: { db: Database; ethereum: EthereumClient; at: Date },
): Promise<Result<OutsideReading, SourceRefusal>> {
  const final = await ethereum.getBlock('finalized');
  if (!final) return refuse('source-unreachable', 'The node says of no block that it is final.');
  const rows = await db.unknownToken.findMany({
    where: { code: asset, account: { vaultId: vault.id } },
    select: { token: true, address: true },
  });
  const [first] = rows;
  let amount = 0n;
  for (const { token, address } of rows)
    amount += await ethereum.unknownBalance(token, address, { hash: final.hash });
  const token = first && amount > 0n ? { mint: first.token, amount } : null;
  return ok(readingOf(vault.chain, { position: final.number, token, at }));
}

const readingOf = (
  source: string,
  of: { position: bigint; token: { mint: string; amount: bigint } | null; at: Date },
): OutsideReading => ({
  source,
  position: of.position.toString(),
  balance: of.token?.amount ?? 0n,
  mark: null,
  items: of.token
    ? [
        {
          ref: `token:${of.token.mint}`,
          transaction: null,
          reference: of.token.mint,
          amount: of.token.amount.toString(),
          at: of.at.toISOString(),
          corrects: null,
          position: null,
          underWay: false,
        },
      ]
    : [],
});
