/** What the check of segregation looks at, at one moment, as data that can be kept and checked again. */
import { chains } from '#lib/chains/registry.ts';
import { heldByOwners, owedToOwners } from '#lib/ledger/owner-positions.ts';
import { assetPositions, coverOf } from '#lib/ledger/positions.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { classedAddresses, ownerAccounts } from './classed-addresses.ts';
import type { SegregationInputs } from './inputs-document.ts';
import { isByOwner, type ClassedAddress } from './owner-class.ts';

/** Lines of own assets and of deposits by address. */
const linesMax = 20_000;

/** Amounts of owners that one check can hold against each other and keep. */
const amountsMax = 60_000;

/** Each is a breach, so these are enough to open an incident and few enough to be kept. */
const destinationsMax = 5_000;

/** Assets that lie at accounts of owners. None of them lies in a shared vault as well. */
const assetsOfOwners = [
  ...new Set(
    chains
      .filter(({ accounts }) => accounts === 'by-owner')
      .flatMap(({ assets }) => assets.map(({ asset }) => asset)),
  ),
].toSorted();

const pooledChains = chains
  .filter(({ accounts }) => accounts === 'pooled')
  .map(({ chain }) => chain);

/**
 * @param tx reads one state of the database.
 * @throws Error where there is more of something than one check can look at: half a check would be none.
 */
export async function gatherSegregation(tx: Tx): Promise<SegregationInputs> {
  const addresses = await classedAddresses(tx);
  const named = [...new Set(addresses.flatMap(({ client }) => client ?? []))];
  const positions = await assetPositions(tx);
  const clients = await tx.client.findMany({
    where: { id: { in: named } },
    select: { id: true },
    orderBy: { id: 'asc' },
  });
  return {
    type: 'countersign/segregation-inputs/v2',
    addresses: addresses.filter(isKept),
    ownAssets: await ownAssetsOf(tx),
    depositsAt: await depositsOf(tx),
    surplus: positions.map((one) => ({
      asset: one.asset,
      units: coverOf(one).difference.toString(),
    })),
    destinations: await ownAddressesOnLists(tx, addresses),
    clients: clients.map(({ id }) => id),
    accounts: await ownerAccounts(tx),
    held: whole(
      await heldByOwners(tx, {
        vaults: addresses.flatMap(({ source, chain, vault }) =>
          source === 'vault' && vault !== null && isByOwner(chain) ? [vault] : [],
        ),
        assets: assetsOfOwners,
        limit: amountsMax + 1,
      }),
    ),
    owed: whole(await owedToOwners(tx, { assets: assetsOfOwners, limit: amountsMax + 1 })),
  };
}

type Kept = SegregationInputs['addresses'][number];
const isKept = (one: ClassedAddress): one is Kept => one.source !== 'account';

function whole<T>(amounts: T[]): T[] {
  if (amounts.length > amountsMax) throw new Error(`More than ${amountsMax} amounts of owners.`);
  return amounts;
}

async function ownAssetsOf(tx: Tx): Promise<SegregationInputs['ownAssets']> {
  return tx.$queryRaw`
    select split_part(id, '/', 2) as name, asset, (debits - credits)::text as units
      from account where kind = 'own-asset' order by id collate "C" limit ${linesMax}`;
}

/** At addresses that all clients of a vault have together; what lies at an owner's own is added up by owner. */
async function depositsOf(tx: Tx): Promise<SegregationInputs['depositsAt']> {
  return tx.$queryRaw`
    select d.chain, v.address, d.asset, sum(d.amount)::text as units
      from deposit d join vault v on v.id = d.vault_id
      where d.client_id is not null and v.chain = any(${pooledChains})
      group by d.chain, v.address, d.asset order by d.chain, v.address, d.asset limit ${linesMax}`;
}

async function ownAddressesOnLists(
  tx: Tx,
  addresses: readonly ClassedAddress[],
): Promise<SegregationInputs['destinations']> {
  const places = addresses.map(({ address }) => address);
  return tx.$queryRaw`
    select d.chain, d.address, d.client_id as client from destination d
      where d.state <> 'removed' and (d.address = any(${places})
        or exists (select from vault_account a where a.address = d.address))
      order by d.id limit ${destinationsMax}`;
}
