/** What this entity is to the law, as its page shows it. */
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import { keysRefusal } from '#lib/persons/keys-refusal.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { shownText } from '#lib/protocol/free-text.ts';
import { loadContacts, loadProfile, newestVersion, type Contacts } from './load-profile.ts';
import { contactFields, type ContactField, type ProfileFacts } from './profile.ts';

export type ProfileView = {
  /** Null until somebody has said what this entity is. */
  profile: {
    version: number;
    facts: ProfileFacts;
    recordedByName: string;
    recordedAt: string;
  } | null;
  /** Number of the last version; above that of the profile where later ones can't be read. */
  newest: number;
  /** Whom the authority calls; null for people who neither report nor keep the profile. */
  contacts: Readonly<Partial<Record<ContactField, string>>> | null;
  can: { write: boolean };
};

export async function viewProfile(
  actor: Actor,
  { db }: Pick<Context, 'db'>,
): Promise<Result<ProfileView>> {
  const refused = lacksScope(actor, 'incident:read');
  if (refused) return refused;
  const profile = await loadProfile(db);
  const mayRead = actor.scopes.has('entity:write') || actor.scopes.has('report:raise');
  const contacts = await keysRefusal(async () =>
    ok(mayRead ? shownContacts(await loadContacts(db, profile)) : null),
  );
  if (!contacts.ok) return contacts;
  const nameOf = await operatorNames(db);
  const write = actor.scopes.has('entity:write');
  return ok({
    profile: profile && {
      version: profile.version,
      facts: profile.facts,
      recordedByName: nameOf(profile.recordedBy),
      recordedAt: profile.recordedAt,
    },
    newest: await newestVersion(db),
    contacts: contacts.value,
    can: { write },
  });
}

const shownContacts = (contacts: Contacts) =>
  Object.fromEntries(
    (Object.keys(contactFields) as ContactField[]).flatMap((field) => {
      const text = contacts[field];
      return text === undefined ? [] : [[field, shownText(text)]];
    }),
  ) as Partial<Record<ContactField, string>>;
