/** The books as screens show them: balances of clients, vaults and the custodian, in exact decimal text. */
import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { currencies } from '#lib/chains/assets.ts';
import { assetPositions, coverOf, type AssetPosition, type Cover } from '#lib/ledger/positions.ts';
import { clientBalances, vaultPositions, type ClientBalance } from '#lib/ledger/queries.ts';
import type { Context } from '#lib/platform/context.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { assetCode, clientId } from '#lib/protocol/scalars.ts';
import { amountText, normalBalance, vaultNames } from './ledger-text.ts';

/** One asset over every account there is. */
export type AssetView = {
  asset: string;
  /** How many client balances there are. */
  clients: number;
  owed: string;
  held: string;
  available: string;
  /** Arrived, and nobody knows whose it is; owed as well. Null when there is none. */
  unattributed: string | null;
  /** Went out of banks, and nobody knows why yet. Null when there is none. */
  missing: string | null;
  inVaults: string;
  /** At credit institutions for clients. Null where the asset is no currency of a bank account. */
  atBanks: string | null;
  /** What vaults and banks hold beyond what is owed; negative when they hold less. */
  difference: string;
  cover: Cover;
};

export type ClientBalanceView = ClientBalance;

export type LedgerView = {
  assets: AssetView[];
  clients: ClientBalanceView[];
  /** Sums of the clients on this page, per asset. */
  clientSums: { asset: string; posted: string; held: string; available: string }[];
  /** Cursor of the next page of clients, null at the end. */
  next: string | null;
  vaults: { vault: string; name: string; asset: string; amount: string }[];
  /** Accounts at credit institutions with clients' money, by what they are called in the ledger. */
  banks: { account: string; asset: string; balance: string }[];
  /** Accounts of the custodian's own, and what nobody has claimed yet. */
  others: { account: string; kind: string; asset: string; balance: string }[];
};

const clientsPerPage = 100;
const isCurrency = (asset: string): boolean => currencies.some(({ code }) => code === asset);
const clientCursor = z
  .string()
  .max(40)
  .transform((cursor) => cursor.split('_'))
  .pipe(z.tuple([clientId, assetCode]));

/** @param after cursor of the page of clients before; anything else starts at the first. */
export async function viewLedger(
  actor: Actor,
  input: { after: string | null },
  context: Context,
): Promise<Result<LedgerView>> {
  const refused = lacksScope(actor, 'ledger:read');
  if (refused) return refused;
  const cursor = clientCursor.safeParse(input.after);
  const after = cursor.success ? { client: cursor.data[0], asset: cursor.data[1] } : null;
  return inSnapshot(context.db, async (db) => {
    const assets = await assetPositions(db);
    const clients = await clientBalances(db, {
      limit: clientsPerPage + 1,
      ...(after ? { after } : {}),
    });
    const positions = await vaultPositions(db);
    const names = await vaultNames(db);
    const others = await db.account.findMany({
      where: { kind: { notIn: ['client', 'vault', 'bank'] } },
      orderBy: { id: 'asc' },
      take: 200,
    });
    const banks = await db.account.findMany({
      where: { kind: 'bank' },
      orderBy: { id: 'asc' },
      take: 200,
    });
    const shown = clients.slice(0, clientsPerPage);
    const last = shown.at(-1);
    return ok({
      assets: assets.map(assetView),
      clients: shown.map(inText),
      clientSums: sumsOf(shown).map(inText),
      next: clients.length > clientsPerPage && last ? `${last.client}_${last.asset}` : null,
      vaults: positions.map(({ vault, asset, amount }) => ({
        vault,
        name: names.get(vault) ?? vault,
        asset,
        amount: amountText(amount, asset),
      })),
      banks: banks.map((account) => ({
        account: account.id,
        asset: account.asset,
        balance: amountText(normalBalance(account), account.asset),
      })),
      others: others.map((account) => ({
        account: account.id,
        kind: account.kind,
        asset: account.asset,
        balance: amountText(normalBalance(account), account.asset),
      })),
    });
  });
}

function assetView(position: AssetPosition): AssetView {
  const { asset, clients, owed, held, available, unattributed, missing, inVaults, atBanks } =
    position;
  const { difference, cover } = coverOf(position);
  return {
    asset,
    clients,
    owed: amountText(owed, asset),
    held: amountText(held, asset),
    available: amountText(available, asset),
    unattributed: BigInt(unattributed) === 0n ? null : amountText(unattributed, asset),
    missing: BigInt(missing) === 0n ? null : amountText(missing, asset),
    inVaults: amountText(inVaults, asset),
    atBanks: isCurrency(asset) ? amountText(atBanks, asset) : null,
    difference: amountText(difference, asset),
    cover,
  };
}

type Standing = { asset: string; posted: string; held: string; available: string };

const inText = <T extends Standing>(standing: T): T => ({
  ...standing,
  posted: amountText(standing.posted, standing.asset),
  held: amountText(standing.held, standing.asset),
  available: amountText(standing.available, standing.asset),
});

function sumsOf(balances: readonly Standing[]): Standing[] {
  return [...Map.groupBy(balances, ({ asset }) => asset)].map(([asset, rows]) => {
    const sum = (column: 'posted' | 'held' | 'available') =>
      rows.reduce((total, row) => total + BigInt(row[column]), 0n).toString();
    return { asset, posted: sum('posted'), held: sum('held'), available: sum('available') };
  });
}
