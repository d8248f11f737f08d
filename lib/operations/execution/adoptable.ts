/** Kinds that change what the parties hold, and whom each concerns. */
import type { Database } from '#lib/platform/db/client.ts';
import type { PartyClient } from '#lib/mpc/client/party-client.ts';
import { isStopKind } from '#lib/protocol/intent-kinds.ts';
import type { Adoptable, Intent } from '#lib/protocol/intent.ts';
import { loadTrust } from '../trust.ts';

export const isStop = ({ kind }: Pick<Intent, 'kind'>): boolean => isStopKind(kind);

/**
 * A vault is known only to the parties that hold a share of its key, so only they can freeze it; where
 * there are cold parties, who learn by document what all others hold, everyone takes it over
 * (docs/decisions/0011-cold-parties-by-document.md).
 */
async function holdersOf(db: Database, vault: string): Promise<readonly string[] | null> {
  const trust = await loadTrust(db);
  if (trust?.roster.parties.some(({ cold }) => cold === true) === true) return null;
  const row = await db.vault.findUnique({ where: { id: vault }, include: { key: true } });
  return row?.key.parties ?? null;
}

/** The vault whose holders alone an operation concerns; null where it concerns every party. */
async function vaultOf(intent: Adoptable, db: Database): Promise<string | null> {
  if (intent.kind === 'freeze') return intent.scope.what === 'vault' ? intent.scope.vault : null;
  if (intent.kind !== 'release') return null;
  const freeze = await db.freeze.findUnique({ where: { operationId: intent.freeze } });
  return freeze?.scope === 'vault' ? freeze.value : null;
}

/** The parties that have to take an operation over. */
export async function concerned<C extends Pick<PartyClient, 'name'>>(
  intent: Adoptable,
  parties: readonly C[],
  db: Database,
): Promise<C[]> {
  const vault = await vaultOf(intent, db);
  const holders = vault === null ? null : await holdersOf(db, vault);
  return holders ? parties.filter(({ name }) => holders.includes(name)) : [...parties];
}
