/**
 * What the books said at a closed position, in parts that never take much memory. Nothing comes into a
 * closed position any more, so parts that are read one after the other belong together.
 */
import type { Database } from '#lib/platform/db/client.ts';

export type SumAt = { asset: string; amount: bigint };
export type VaultAt = { vault: string; chain: string; address: string } & SumAt;
export type ClientAt = { client: string; amount: bigint };

const partSize = 1_000;

/** Debits less credits per asset over every account of a kind that had a line by then, by asset. */
export async function kindsAt(
  db: Pick<Database, '$queryRaw'>,
  { kinds, lastJournal }: { kinds: readonly string[]; lastJournal: bigint },
): Promise<SumAt[]> {
  const rows = await db.$queryRaw<{ asset: string; amount: string }[]>`
    select a.asset, sum(l.balance)::text as amount
      from account a
      cross join lateral (select p.balance from posting p
        where p.account_id = a.id and p.journal_id <= ${lastJournal}
        order by p.journal_id desc, p.line desc limit 1) l
      where a.kind = any(${[...kinds]}::text[])
      group by a.asset order by a.asset collate "C"`;
  return rows.map(({ asset, amount }) => ({ asset, amount: BigInt(amount) }));
}

/** What each vault held, by vault and asset. There are tens of vaults, not thousands. */
export async function vaultsAt(
  db: Pick<Database, '$queryRaw'>,
  lastJournal: bigint,
): Promise<VaultAt[]> {
  const rows = await db.$queryRaw<(Omit<VaultAt, 'amount'> & { amount: string })[]>`
    select v.id as vault, v.chain, v.address, a.asset, l.balance::text as amount
      from account a join vault v on v.id = a.vault_id
      cross join lateral (select p.balance from posting p
        where p.account_id = a.id and p.journal_id <= ${lastJournal}
        order by p.journal_id desc, p.line desc limit 1) l
      where a.kind = 'vault'
      order by v.id collate "C", a.asset collate "C" limit 1000`;
  return rows.map((row) => ({ ...row, amount: BigInt(row.amount) }));
}

/** What one client was owed of each asset in which they had a line by then, in the order of codes. */
export async function clientAt(
  db: Pick<Database, '$queryRaw'>,
  { client, lastJournal }: { client: string; lastJournal: bigint },
): Promise<SumAt[]> {
  const rows = await db.$queryRaw<{ asset: string; amount: string }[]>`
    select a.asset, (-l.balance)::text as amount
      from account a
      cross join lateral (select p.balance from posting p
        where p.account_id = a.id and p.journal_id <= ${lastJournal}
        order by p.journal_id desc, p.line desc limit 1) l
      where a.kind = 'client' and a.client_id = ${client}
      order by a.asset collate "C"`;
  return rows.map(({ asset, amount }) => ({ asset, amount: BigInt(amount) }));
}

/** Assets in which some client had a line by then, in order. */
export async function clientAssetsAt(
  db: Pick<Database, '$queryRaw'>,
  lastJournal: bigint,
): Promise<string[]> {
  return (await kindsAt(db, { kinds: ['client'], lastJournal })).map(({ asset }) => asset);
}

/**
 * What each client was owed in one asset, in parts, in the order of code units of the client number. A
 * client without a line by then is not there; one whose balance is 0 is.
 */
export async function* clientsAt(
  db: Pick<Database, '$queryRaw'>,
  { asset, lastJournal }: { asset: string; lastJournal: bigint },
): AsyncGenerator<ClientAt[]> {
  for (let after = ''; ;) {
    const rows = await db.$queryRaw<{ client: string; amount: string }[]>`
      select a.client_id as client, (-l.balance)::text as amount
        from account a
        cross join lateral (select p.balance from posting p
          where p.account_id = a.id and p.journal_id <= ${lastJournal}
          order by p.journal_id desc, p.line desc limit 1) l
        where a.kind = 'client' and a.asset = ${asset}
          and a.client_id collate "C" > ${after} collate "C"
        order by a.client_id collate "C" limit ${partSize}`;
    if (rows.length === 0) return;
    yield rows.map(({ client, amount }) => ({ client, amount: BigInt(amount) }));
    const last = rows.at(-1);
    if (!last || rows.length < partSize) return;
    after = last.client;
  }
}
