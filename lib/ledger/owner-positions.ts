/**
 * What lies in each owner's account by the books, and what each owner is owed, on chains where every owner has an
 * account of their own within a vault (decision 24): for all owners at once, for checks that hold one against the
 * other. It is added up from the journals by the rule of `client-positions.ts`.
 */
import { Prisma } from '#lib/platform/db/generated/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ownInVaultAccount, vaultAccount } from './accounts.ts';

/** Exact decimal text in the smallest unit. */
export type HeldByOwner = { client: string | null; vault: string; asset: string; units: string };
/** `client` null: what arrived and nobody knows whose it is, less what the chain took back of it. */
export type OwedToOwner = { client: string | null; asset: string; units: string };

/** Kinds of journal that say what the chain did; corrections move nothing on a chain. */
const movingKinds = ['deposit', 'deposit-reversal', 'withdrawal', 'network-fee', 'vault-transfer'];

/**
 * What lies in the account of each owner in each vault, the custodian's (`client` null) included, where it is not
 * nothing. A line of a vault belongs to the client whom its journal credits or debits, or whose account a transfer
 * moves, and to the custodian where there is none. It reads every line of these vaults once.
 * @param vaults such whose owners have accounts of their own.
 * @param limit rows at most.
 */
export async function heldByOwners(
  tx: Tx,
  of: { vaults: readonly string[]; assets: readonly string[]; limit: number },
): Promise<HeldByOwner[]> {
  const pairs = of.vaults.flatMap((vault) => of.assets.map((asset) => ({ vault, asset })));
  if (pairs.length === 0) return [];
  const places = pairs.map(({ vault, asset }) => vaultAccount(vault, asset));
  const own = pairs.map(({ vault, asset }) => ownInVaultAccount(vault, asset));
  return tx.$queryRaw<HeldByOwner[]>`
    with place as (
      select * from unnest(${places}::text[], ${pairs.map(({ vault }) => vault)}::text[]) as p (id, vault)
    ), moved as materialized (
      select p.journal_id, p.asset, p.amount, place.vault, j.kind, j.operation_id
        from place join posting p on p.account_id = place.id join journal j on j.id = p.journal_id
        where j.kind = any(${movingKinds})
    ), named as (
      select o.journal_id, min(split_part(o.account_id, '/', 2)) as client
        from posting o
        where o.journal_id in (select journal_id from moved where kind <> 'vault-transfer')
          and (o.account_id like 'client/%' or o.account_id like 'missing/C-%')
        group by o.journal_id
    ), lines as (
      select case m.kind when 'vault-transfer' then op.intent::jsonb ->> 'owner' else n.client end as client,
          m.vault, m.asset, m.amount
        from moved m left join named n using (journal_id)
          left join operation op on op.id = m.operation_id and m.kind = 'vault-transfer'
      union all
      ${custodiansLines(own, pairs)}
    )
    select client, vault, asset, sum(amount)::text as units from lines
      group by client, vault, asset having sum(amount) <> 0
      order by vault collate "C", client collate "C" nulls first, asset collate "C" limit ${of.limit}`;
}

/** What the custodian's own coins in its account paid the network. */
const custodiansLines = (
  own: readonly string[],
  pairs: readonly { vault: string }[],
): Prisma.Sql => Prisma.sql`
  select null, place.vault, p.asset, p.amount
    from unnest(${own}::text[], ${pairs.map(({ vault }) => vault)}::text[]) as place (id, vault)
      join posting p on p.account_id = place.id join journal j on j.id = p.journal_id
    where j.kind = any(${movingKinds})`;

/**
 * What each client is owed of these assets, less what is missing under the client's name, and what nobody has claimed;
 * where it is not nothing.
 * @param limit rows at most.
 */
export async function owedToOwners(
  tx: Tx,
  of: { assets: readonly string[]; limit: number },
): Promise<OwedToOwner[]> {
  return tx.$queryRaw<OwedToOwner[]>`
    select client, asset, sum(units)::text as units
      from (select asset, credits - debits as units,
          case when kind = 'client' or id like 'missing/C-%' then split_part(id, '/', 2) end as client
        from account where kind in ('client', 'suspense', 'missing') and asset = any(${of.assets})) a
      group by client, asset having sum(units) <> 0
      order by client collate "C" nulls first, asset collate "C" limit ${of.limit}`;
}
