/** What the forms that raise an operation offer to choose from. */
import { assetFacts } from '#lib/chains/assets.ts';
import { isUnknownAsset } from '#lib/chains/unknown-asset.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import type { PartyClient } from '#lib/mpc/client/party-client.ts';
import { clientBalances } from '#lib/ledger/queries.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { ownershipEvidence, type OwnershipEvidence } from '#lib/protocol/intent.ts';
import { clientId, destinationClass, type DestinationClass } from '#lib/protocol/scalars.ts';
import type { KeySuite } from '#lib/protocol/suites.ts';
import { holdSentences, isHeldBy, standingHolds } from './asset-hold.ts';
import { listDestinations, type DestinationView } from './list-destinations.ts';
import { listVaults } from './list-vaults.ts';
import { listPartiesAway } from './list-parties-away.ts';
import { membersOfColdKey, splitMembers } from './cold/cold-members.ts';
import { signTogether } from './prepare-key-ceremony.ts';
import { servedChains, suitesOn } from './served-chains.ts';
import { loadTrust } from './trust.ts';
import { vaultOptions, type VaultOption } from './vault-options.ts';

export type DestinationOption = Pick<
  DestinationView,
  | 'id'
  | 'label'
  | 'chain'
  | 'asset'
  | 'address'
  | 'class'
  | 'standing'
  | 'listedAt'
  | 'cooledAt'
  | 'expiresAt'
>;

export type WithdrawalOptions = {
  /** Ids of the clients that have a listed destination. */
  clients: string[];
  /** The chosen client, null when none was named or there is none of that name. */
  client: {
    id: string;
    destinations: DestinationOption[];
    /** Smallest unit, so that the form can compare exactly. */
    balances: { asset: string; decimals: number; available: string }[];
  } | null;
  vaults: VaultOption[];
  /** Why some assets are not offered now, as sentences. */
  held: string[];
};

const clientsMax = 2000;

/** @param input.client the client whose destinations and balances are wanted. */
export async function listWithdrawalOptions(
  actor: Actor,
  input: { client: string | null },
  context: Context,
): Promise<Result<WithdrawalOptions>> {
  const refused = lacksScope(actor, 'operation:raise');
  if (refused) return refused;
  const wanted = clientId.safeParse(input.client);
  const [clients, vaults, destinations, balances, holds] = await Promise.all([
    context.db.client.findMany({
      where: { destinations: { some: { state: 'listed' } } },
      select: { id: true },
      orderBy: { id: 'asc' },
      take: clientsMax,
    }),
    listVaults(actor, context),
    wanted.success
      ? listDestinations(actor, { client: wanted.data, listedOnly: true }, context)
      : null,
    wanted.success ? clientBalances(context.db, { client: wanted.data }) : [],
    standingHolds(context.db),
  ]);
  if (!vaults.ok) return vaults;
  if (destinations && !destinations.ok) return destinations;
  return ok({
    clients: clients.map(({ id }) => id),
    client:
      wanted.success && destinations && destinations.value.length > 0
        ? {
            id: wanted.data,
            destinations: destinations.value
              .filter((listed) => !holds.some((hold) => isHeldBy(hold, listed)))
              .map(optionOf),
            // What the registry does not know has no decimals to enter an amount in.
            balances: balances
              .filter(({ asset }) => !isUnknownAsset(asset))
              .map(({ asset, available }) => ({
                asset,
                decimals: assetFacts(asset).decimals,
                available,
              })),
          }
        : null,
    vaults: await vaultOptions(vaults.value, wanted.success ? wanted.data : null, context),
    held: holdSentences(holds),
  });
}

const optionOf = (row: DestinationView): DestinationOption => {
  const { id, label, chain, asset, address, standing, listedAt, cooledAt, expiresAt } = row;
  return {
    id,
    label,
    chain,
    asset,
    address,
    class: row.class,
    standing,
    listedAt,
    cooledAt,
    expiresAt,
  };
};

export type ListingOptions = {
  clients: string[];
  /** What an address can be listed for. */
  assets: { asset: string; name: string; chain: string }[];
  classes: readonly DestinationClass[];
  evidenceMethods: readonly OwnershipEvidence['method'][];
  /** Longest time from one certification to the next; null where policy sets none. */
  validitySeconds: number | null;
  /** How long nothing may be sent there after the listing. */
  coolDownSeconds: number;
};

export async function listListingOptions(
  actor: Actor,
  context: Context,
): Promise<Result<ListingOptions>> {
  const refused = lacksScope(actor, 'destination:raise');
  if (refused) return refused;
  const [clients, trust, holds] = await Promise.all([
    context.db.client.findMany({
      select: { id: true },
      orderBy: { id: 'asc' },
      take: clientsMax,
    }),
    loadTrust(context.db),
    standingHolds(context.db),
  ]);
  const book = trust?.policy.book;
  return ok({
    clients: clients.map(({ id }) => id),
    assets: chainsHere(context.settings).filter(
      (entry) => !holds.some((hold) => isHeldBy(hold, entry)),
    ),
    classes: destinationClass.options,
    evidenceMethods: ownershipEvidence.shape.method.options,
    validitySeconds: book?.validitySeconds ?? null,
    coolDownSeconds: book?.coolDownSeconds ?? 0,
  });
}

export type CeremonyOptions = {
  /** With the kinds of keys that vaults on it may have, the usual one first. */
  chains: { chain: string; suites: readonly KeySuite[] }[];
  /** Parties of the roster in force that will hold a share each; `cold` is null where no cold vault can be made. */
  parties: { online: string[]; cold: string[] | null };
  /** Those of them that are off now. */
  away: string[];
  /** Ids that are taken. */
  vaults: string[];
};

export async function listCeremonyOptions(
  actor: Actor,
  parties: readonly PartyClient[],
  context: Context,
): Promise<Result<CeremonyOptions>> {
  const refused = lacksScope(actor, 'key:raise');
  if (refused) return refused;
  const [trust, vaults] = await Promise.all([
    loadTrust(context.db),
    context.db.vault.findMany({ select: { id: true }, orderBy: { id: 'asc' }, take: 1000 }),
  ]);
  const roster = trust?.roster ?? { parties: [] };
  const names = roster.parties.map(({ name }) => name);
  const { online, cold } = splitMembers(roster, names);
  return ok({
    chains: servedChains(context.settings)
      .map((facts) => ({ chain: facts.chain, suites: suitesOn(facts) }))
      .filter(({ suites }) => suites.length > 0),
    parties: {
      online,
      cold: cold.length < signTogether ? null : membersOfColdKey(roster),
    },
    away: await listPartiesAway(parties, names),
    vaults: vaults.map(({ id }) => id),
  });
}

/** Assets with the chains on which this installation may move them. */
const chainsHere = (settings: Context['settings']) =>
  servedChains(settings).flatMap(({ chain, assets }) =>
    assets.map(({ asset }) => ({ asset, name: assetFacts(asset).name, chain })),
  );
