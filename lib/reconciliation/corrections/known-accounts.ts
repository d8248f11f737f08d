/** Which accounts a correction may name: those that are there, and those that may be opened by it. */
import { assets } from '#lib/chains/assets.ts';
import { isUnknownAsset } from '#lib/chains/unknown-asset.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';

/** Accounts that are named after their purpose. A slip of the pen must not open another. */
const purposes: ReadonlySet<string> = new Set([
  'suspense/deposits',
  'suspense/bank',
  'missing/bank',
  'own-asset/fee-payer',
  'own-asset/nonce-accounts',
  'own-income/fees',
  'own-expense/network-fees',
  'own-expense/losses',
  'own-equity/own-funds',
]);

/** True for an account that is not there yet and that its first journal may open. */
export async function mayOpen(db: Database | Tx, account: string): Promise<boolean> {
  const [kind = '', name = '', asset = ''] = account.split('/');
  // A token outside the registry is known by what the worker has booked of it.
  if (isUnknownAsset(asset) && (await db.account.count({ where: { asset, kind: 'vault' } })) === 0)
    return false;
  switch (kind) {
    case 'client':
      return (await db.client.count({ where: { id: name } })) > 0;
    case 'vault':
    case 'in-transit': {
      const vault = await db.vault.findUnique({ where: { id: name }, select: { chain: true } });
      return assets.some(
        ({ code, chains }) => code === asset && vault !== null && chains.includes(vault.chain),
      );
    }
    case 'own-asset':
      if (name.startsWith('vault-'))
        return mayOpen(db, `vault/${name.slice('vault-'.length)}/${asset}`);
      return purposes.has(`${kind}/${name}`);
    case 'bank':
      return (await db.bankAccount.count({ where: { id: name, currency: asset } })) > 0;
    default:
      return purposes.has(`${kind}/${name}`);
  }
}
