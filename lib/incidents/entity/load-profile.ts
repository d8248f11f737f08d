import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { profileFacts, type ContactField, type ProfileFacts } from './profile.ts';

export type EntityProfile = {
  version: number;
  facts: ProfileFacts;
  recordedBy: string;
  recordedAt: string;
  /** What was erased is left out. */
  contacts: Readonly<Partial<Record<ContactField, string>>>;
};

/** What this entity is now; null until somebody has said it. */
export async function loadProfile(db: Database | Tx): Promise<EntityProfile | null> {
  const row = await db.entityProfile.findFirst({
    orderBy: { version: 'desc' },
    include: { contacts: true },
  });
  if (!row) return null;
  return {
    version: row.version,
    facts: profileFacts.parse(row.facts),
    recordedBy: row.recordedBy,
    recordedAt: row.recordedAt.toISOString(),
    contacts: Object.fromEntries(
      row.contacts.flatMap(({ field, text }) => (text === null ? [] : [[field, text]])),
    ),
  };
}
