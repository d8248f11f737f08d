import type { Tx } from '#lib/platform/db/transaction.ts';
import { clientAccount, feePayerAccount, networkFeesAccount, vaultAccount } from './accounts.ts';

type Wanted = {
  id: string;
  kind: string;
  asset: string;
  client: string | null;
  vault: string | null;
};

/** Opening an account that is open already is harmless. */
async function open(tx: Tx, { id, kind, asset, client, vault }: Wanted): Promise<void> {
  const [answer] = await tx.$queryRaw<{ status: string }[]>`
    select ledger_open_account(${id}, ${kind}, ${asset}, ${client}, ${vault}) as status`;
  if (answer?.status !== 'opened' && answer?.status !== 'exists')
    throw new Error(`Account ${id} cannot be opened: ${answer?.status ?? 'no answer'}`);
}

/** Opens a client's account for an asset; the client must be on record. */
export async function openClientAccount(
  tx: Tx,
  account: { client: string; asset: string },
): Promise<void> {
  const { client, asset } = account;
  await open(tx, { id: clientAccount(client, asset), kind: 'client', asset, client, vault: null });
}

/** Opens what a new vault needs: its own account, and those its network fees are paid from and booked to. */
export async function openVaultAccounts(
  tx: Tx,
  account: { vault: string; asset: string },
): Promise<void> {
  const { vault, asset } = account;
  await open(tx, {
    id: networkFeesAccount(asset),
    kind: 'own-expense',
    asset,
    client: null,
    vault: null,
  });
  await open(tx, {
    id: feePayerAccount(asset),
    kind: 'own-asset',
    asset,
    client: null,
    vault: null,
  });
  await open(tx, { id: vaultAccount(vault, asset), kind: 'vault', asset, client: null, vault });
}
