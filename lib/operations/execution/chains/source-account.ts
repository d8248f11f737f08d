/** What an operation moves, and the key that the account it takes from follows from. */
import type { VaultKey } from '#lib/chains/account-context.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { intent as intentSchema, movesCoins, type MovingIntent } from '#lib/protocol/intent.ts';
import { keySuite } from '#lib/protocol/suites.ts';

/** @throws for an operation that moves nothing: a broken invariant. */
export async function loadMovingIntent(db: Database, operation: string): Promise<MovingIntent> {
  const row = await db.operation.findUniqueOrThrow({ where: { id: operation } });
  const intent = intentSchema.parse(JSON.parse(row.intent));
  if (!movesCoins(intent)) throw new Error(`Operation ${operation} moves nothing.`);
  return intent;
}

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
