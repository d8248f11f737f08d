/** The cold parties that an operation needs, by the console's own records. */
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { Intent } from '#lib/protocol/intent.ts';
import { signingVaultOf } from '#lib/protocol/lifetimes.ts';
import type { Roster } from '#lib/protocol/roster.ts';
import { isKeyLife, keyWorkers } from '../keys/key-workers.ts';
import { splitMembers, type Members } from './cold-members.ts';

const nobody: Members = { cold: [], online: [] };

/** Names of the parties that hold, or will hold, a share of its key; none for a kind that moves no share. */
export async function partiesOfKey(db: Database | Tx, intent: Intent): Promise<readonly string[]> {
  if (intent.kind === 'key-ceremony') return intent.parties;
  if (isKeyLife(intent)) return keyWorkers(intent);
  const id = signingVaultOf(intent);
  if (id === null) return [];
  const vault = await db.vault.findUnique({ where: { id }, include: { key: true } });
  return vault?.key.parties ?? [];
}

/** Nobody for an operation that takes no trip. */
export async function whoTakesPart(
  db: Database | Tx,
  intent: Intent,
  roster: Pick<Roster, 'parties'>,
): Promise<Members> {
  const members = splitMembers(roster, await partiesOfKey(db, intent));
  return members.cold.length > 0 ? members : nobody;
}
