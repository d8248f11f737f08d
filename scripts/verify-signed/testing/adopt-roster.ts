/** A roster of everybody that a test's database knows, for tests. */
import type { Database } from '#lib/platform/db/client.ts';
import { canonicalize, digestOf } from '#lib/protocol/intent.ts';
import type { Role, Roster } from '#lib/protocol/roster.ts';
import { roster as sampleRoster } from '#lib/protocol/testing/sample.ts';

export async function rosterOf(owner: Database): Promise<Roster> {
  const people = await owner.operator.findMany({ include: { credentials: true } });
  return {
    ...sampleRoster,
    organisation: 'sample-custodian',
    environment: 'sandbox',
    relyingParty: { id: 'localhost', origins: ['http://localhost:3000'] },
    people: people.map(({ id, roles, credentials }) => ({
      id,
      roles: roles as Role[],
      group: null,
      credentials: credentials.map((key) => ({
        id: key.id,
        publicKey: Buffer.from(key.publicKey).toString('base64url'),
        backupEligible: key.backupEligible,
        software: true,
        notAfter: null,
        revokedAt: null,
      })),
    })),
  };
}

/** Puts it in force, from a day ago on. */
export async function adoptRosterOfAll(owner: Database): Promise<void> {
  const roster = await rosterOf(owner);
  const document = canonicalize(roster);
  const adoptedAt = new Date(Date.now() - 86_400_000);
  await owner.rosterVersion.create({
    data: { version: roster.version, digest: digestOf(roster), document, adoptedAt },
  });
}
