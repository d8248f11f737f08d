/**
 * What lies in each vault for each client, on chains where every owner has an account of their own within a vault
 * (decision 24). It is kept nowhere: it is added up from the journals, so it can't differ from them. Where a vault has
 * one address for all it means nothing.
 */
import type { Database } from '#lib/platform/db/client.ts';
import { Prisma } from '#lib/platform/db/generated/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { vaultAccount } from './accounts.ts';

/** An amount in the smallest unit. */
export type ClientPosition = { vault: string; amount: bigint };

/**
 * The lines of vaults that moved a client's account: what arrived there, was taken back by the chain, left, or paid the
 * network, and what a transfer of that account took from one vault to another. What was taken back and could not be
 * taken from the client is missing under the client's name. Corrections move nothing on a chain.
 */
const movedFor = (client: Prisma.Sql, asset: string): Prisma.Sql => Prisma.sql`
  select p.journal_id from posting p join journal j on j.id = p.journal_id
    where p.account_id in ('client/' || ${client} || '/' || ${asset}, 'missing/' || ${client} || '/' || ${asset})
      and j.kind in ('deposit', 'deposit-reversal', 'withdrawal', 'network-fee')
  union
  select j.id from operation o join journal j on j.operation_id = o.id
    where o.kind = 'vault-transfer' and o.intent::jsonb ->> 'owner' = ${client} and j.kind = 'vault-transfer'`;

/**
 * Where a client's coins lie, by the books: the vaults in which it is not nothing.
 * It reads every line of the client's account in this asset.
 */
export async function vaultsOfClient(
  db: Database | Tx,
  { client, asset }: { client: string; asset: string },
): Promise<ClientPosition[]> {
  const moved = movedFor(Prisma.sql`${client}`, asset);
  const rows = await db.$queryRaw<{ vault: string; units: string }[]>`
    select split_part(v.account_id, '/', 2) as vault, sum(v.amount)::text as units
      from (${moved}) m join posting v on v.journal_id = m.journal_id
      where v.asset = ${asset} and v.account_id like 'vault/%'
      group by 1 having sum(v.amount) <> 0 order by 1`;
  return rows.map(({ vault, units }) => ({ vault, amount: BigInt(units) }));
}

export type ClientsPage = {
  clients: { client: string; amount: bigint }[];
  /** The last client that was looked at; null when there are no more. */
  next: string | null;
};

/** Clients looked at for one page at most. */
export const clientsMax = 200;

/**
 * The clients for whom something lies in a vault, by the books, in the order of their numbers; a page looks at so many
 * clients who have an account in the asset, whether anything of it lies in this vault or not.
 * @param after the last client of the page before.
 */
export async function clientsOfVault(
  db: Database | Tx,
  wanted: { vault: string; asset: string; after?: string | null; limit?: number },
): Promise<ClientsPage> {
  const { vault, asset, after = null } = wanted;
  const limit = Math.min(Math.max(wanted.limit ?? clientsMax, 1), clientsMax);
  const start = after === null ? '' : `client/${after}/${asset}`;
  const moved = movedFor(Prisma.sql`a.client_id`, asset);
  const rows = await db.$queryRaw<{ client: string; units: string }[]>`
    select a.client_id as client, coalesce(lies.units, 0)::text as units
      from (select id, client_id from account
          where kind = 'client' and asset = ${asset} and id > ${start} order by id limit ${limit}) a
        cross join lateral (
          select sum(v.amount) as units from (${moved}) m join posting v on v.journal_id = m.journal_id
            where v.account_id = ${vaultAccount(vault, asset)}) lies
      order by a.id`;
  return {
    clients: rows
      .map(({ client, units }) => ({ client, amount: BigInt(units) }))
      .filter(({ amount }) => amount !== 0n),
    next: rows.length === limit ? (rows.at(-1)?.client ?? null) : null,
  };
}
