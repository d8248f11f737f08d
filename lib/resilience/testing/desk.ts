/** A database with people who keep the records of resilience, for database tests. */
import type { Actor } from '#lib/identity/actor.ts';
import { admit, enrol, signIn, testContext } from '#lib/identity/testing/people.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { createTestDatabase, type TestDatabase } from '#lib/platform/db/testing/database.ts';
import type { Kind } from '../records/kinds.ts';
import { saveRecord } from '../records/save-record.ts';
import type { Written } from '../records/write-record.ts';

export type ResilienceDesk = {
  database: TestDatabase;
  owner: Database;
  worker: Database;
  context: Context;
  manager: Actor;
  /** Another who may write. */
  administrator: Actor;
  /** Reads only. */
  auditor: Actor;
};

export async function openResilienceDesk(): Promise<ResilienceDesk> {
  const database = await createTestDatabase();
  const owner = database.connect('owner');
  const worker = database.connect('worker');
  const context = { ...testContext(database.connect('web')), clock: () => new Date() };
  const person = async (displayName: string, role: 'manager' | 'administrator' | 'auditor') => {
    const enrolled = await enrol(context, { displayName, roles: [role], group: null });
    await admit(owner, enrolled);
    return (await signIn(context, enrolled)).actor;
  };
  return {
    database,
    owner,
    worker,
    context,
    manager: await person('Mara Lind', 'manager'),
    administrator: await person('Ben Okafor', 'administrator'),
    auditor: await person('Ida Berg', 'auditor'),
  };
}

/** Saves a new record as the manager. @throws with the refusal's sentence. */
export async function newRecord(
  { manager, context }: ResilienceDesk,
  kind: Kind,
  facts: object,
  texts: Readonly<Record<string, string>> = {},
): Promise<Written> {
  const saved = await saveRecord(manager, { kind, id: null, seen: 0, facts, texts }, context);
  if (!saved.ok) throw new Error(JSON.stringify(saved.refusal));
  return saved.value;
}
