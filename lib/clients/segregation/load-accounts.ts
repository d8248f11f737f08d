/** A page of owners' accounts within vaults, in the order of vaults and of clients' numbers. */
import { Prisma } from '#lib/platform/db/generated/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { classOfAccount, type ClassedAddress } from './owner-class.ts';

export type AccountsPage = {
  accounts: (ClassedAddress & { branch: 'receive' | 'change' })[];
  /** How many there are on all pages. */
  total: number;
  /** What the next page begins after; null at the end. */
  next: string | null;
};

const perPage = 50;

const foundBy = (find: string | null): Prisma.Sql =>
  find === null
    ? Prisma.sql`true`
    : Prisma.sql`lower(${find}) in (lower(a.client_id), lower(a.address))`;

type Row = {
  address: string;
  vault: string;
  client: string | null;
  branch: 'receive' | 'change';
  chain: string;
};

/**
 * The custodian's account at a vault's own address stands among the vaults, not here.
 * @param wanted.after the last address of the page before; one that is no account begins anew.
 * @param wanted.find a client's number or a whole address, in capitals or not; null for all accounts.
 */
export async function loadAccounts(
  tx: Tx,
  { after, find }: { after: string | null; find: string | null },
): Promise<AccountsPage> {
  const start =
    after === null ? null : await tx.vaultAccount.findUnique({ where: { address: after } });
  const { vaultId = '', clientId = '', branch = '' } = start ?? {};
  const rows = await tx.$queryRaw<Row[]>`
    select a.address, a.vault_id as vault, a.client_id as client, a.branch, v.chain
      from vault_account a join vault v on v.id = a.vault_id
      where a.address <> v.address and ${foundBy(find)}
        and (a.vault_id, coalesce(a.client_id, ''), a.branch) > (${vaultId}, ${clientId ?? ''}, ${branch})
      order by a.vault_id, coalesce(a.client_id, ''), a.branch limit ${perPage + 1}`;
  const [counted] = await tx.$queryRaw<{ total: number }[]>`
    select count(*)::int as total
      from vault_account a join vault v on v.id = a.vault_id
      where a.address <> v.address and ${foundBy(find)}`;
  const page = rows.slice(0, perPage);
  return {
    accounts: page.map(({ chain, branch: of, ...row }) => ({
      ...classOfAccount(chain, row),
      branch: of,
    })),
    total: counted?.total ?? 0,
    next: rows.length > perPage ? (page.at(-1)?.address ?? null) : null,
  };
}
