import { openTexts } from '#lib/audit/sealed-text.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { log } from '#lib/platform/log.ts';
import { findPlaceFault } from './place.ts';
import { profileFacts, type ContactField, type ProfileFacts } from './profile.ts';

export type EntityProfile = {
  version: number;
  facts: ProfileFacts;
  recordedBy: string;
  recordedAt: string;
};

/** Whom the authority calls; what was erased is left out. */
export type Contacts = Readonly<Partial<Record<ContactField, string>>>;

/** Versions that are read at once; nearly always the newest one is readable. */
const atOnce = 20;

/**
 * What this entity is now; null until somebody has said it. A version that can't be read, or whose place is nowhere,
 * was written past this program. It is passed over for the newest one that can be, because every time limit hangs on
 * this one row; that it was stands in the log each time, and the entity's page says so.
 */
export async function loadProfile(db: Database | Tx): Promise<EntityProfile | null> {
  for (let below: number | null = null; ;) {
    const rows: Row[] = await db.entityProfile.findMany({
      where: below === null ? {} : { version: { lt: below } },
      orderBy: { version: 'desc' },
      take: atOnce,
    });
    for (const row of rows) {
      const profile = readProfile(row);
      if (profile) return profile;
      log.error(
        { version: row.version },
        'what this entity is can’t be read, an earlier version counts',
      );
    }
    const last = rows.at(-1);
    if (!last || rows.length < atOnce) return null;
    below = last.version;
  }
}

/** Number of the last version, whether it can be read or not; 0 where there is none. */
export async function newestVersion(db: Database | Tx): Promise<number> {
  const { _max: newest } = await db.entityProfile.aggregate({ _max: { version: true } });
  return newest.version ?? 0;
}

type Row = {
  version: number;
  facts: unknown;
  recordedBy: string;
  recordedAt: Date;
};

function readProfile({ version, facts, recordedBy, recordedAt }: Row): EntityProfile | null {
  const read = profileFacts.safeParse(facts);
  if (!read.success || findPlaceFault(read.data) !== null) return null;
  return {
    version,
    facts: read.data,
    recordedBy,
    recordedAt: recordedAt.toISOString(),
  };
}

/**
 * The contacts of a version, opened: nothing that is only counted needs them.
 * @throws DataKeysError where the key service can't be reached.
 */
export async function loadContacts(
  db: Database | Tx,
  profile: Pick<EntityProfile, 'version'> | null,
): Promise<Contacts> {
  if (!profile) return {};
  const rows = await db.entityContact.findMany({ where: { version: profile.version } });
  const texts = await openTexts('entity_contact', rows);
  return Object.fromEntries(
    rows.flatMap(({ field }, index) => {
      const text = texts[index] ?? null;
      return text === null ? [] : [[field, text]];
    }),
  );
}
