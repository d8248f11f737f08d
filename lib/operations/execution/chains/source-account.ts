/** Whose account in a vault an operation takes from, and the key that the account follows from. */
import type { Owner, VaultKey } from '#lib/chains/account-context.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { MovingIntent } from '#lib/protocol/intent.ts';
import { keySuite } from '#lib/protocol/suites.ts';

/** Withdrawals take from the client's account, transfers from the one that they name. */
export const ownerOf = (intent: MovingIntent): Owner =>
  intent.kind === 'withdrawal' ? intent.client : (intent.owner ?? null);

type VaultRow = { chain: string; key: { suite: string; publicKey: string } };

export const vaultKeyOf = ({ chain, key }: VaultRow): VaultKey => ({
  chain,
  suite: keySuite.parse(key.suite),
  publicKey: key.publicKey,
});

export async function loadVaultKey(db: Database, vault: string): Promise<VaultKey> {
  const where = { id: vault };
  return vaultKeyOf(await db.vault.findUniqueOrThrow({ where, include: { key: true } }));
}
