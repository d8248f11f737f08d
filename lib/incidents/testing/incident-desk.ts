/** A database with people who work at the incident desk, for tests. */
import type { Actor } from '#lib/identity/actor.ts';
import { admit, enrol, signIn, testContext, valueOf } from '#lib/identity/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '#lib/platform/db/testing/database.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Role } from '#lib/protocol/roster.ts';
import type { SoftwareAuthenticator } from '#lib/protocol/software-authenticator.ts';
import { reportIncident } from '../desk/report-incident.ts';

export type DeskPerson = { actor: Actor; key: SoftwareAuthenticator };
export type IncidentDesk = {
  database: TestDatabase;
  web: Database;
  worker: Database;
  owner: Database;
  context: Context & { passTime(milliseconds: number): void };
  people: Readonly<Record<'ada' | 'ben' | 'mia' | 'dora' | 'ida', DeskPerson>>;
  close(): Promise<void>;
};

/**
 * Ada and Ben are officers, Mia is a manager, Dora the DPO and Ida an auditor.
 * @param clock `moved`: the desk's clock may run ahead of the database's by days, so the database looks for no more
 *   than that nothing is dated further ahead; `held`: as it is in use.
 */
export async function openIncidentDesk({
  clock = 'moved',
}: { clock?: 'moved' | 'held' } = {}): Promise<IncidentDesk> {
  const database = await createTestDatabase();
  const [web, worker, owner] = (['web', 'worker', 'owner'] as const).map((role) =>
    database.connect(role),
  ) as [Database, Database, Database];
  if (clock === 'moved')
    await owner.$executeRaw`create or replace function is_not_ahead(at timestamptz) returns boolean
      language sql volatile as 'select coalesce(at <= clock_timestamp() + interval ''60 days'', false)'`;
  let ahead = 0;
  const context = {
    ...testContext(web),
    clock: () => new Date(Date.now() + ahead),
    passTime: (milliseconds: number) => {
      ahead += milliseconds;
    },
  };
  const person = async (displayName: string, role: Role): Promise<DeskPerson> => {
    const enrolled = await enrol(context, { displayName, roles: [role], group: null });
    await admit(owner, enrolled);
    return { actor: (await signIn(context, enrolled)).actor, key: enrolled.key };
  };
  const people = {
    ada: await person('Ada Hofmann', 'officer'),
    ben: await person('Ben Okafor', 'officer'),
    mia: await person('Mia Lindqvist', 'manager'),
    dora: await person('Dora Weiss', 'dpo'),
    ida: await person('Ida Berg', 'auditor'),
  };
  return {
    database,
    web,
    worker,
    owner,
    context,
    people,
    close: () => database.drop(),
  };
}

/** An instant as a browser's date and time field writes it. */
export const fieldOf = (at: Date): string => at.toISOString().slice(0, 16);

/** An incident that Ada reported just now. */
export async function reported(
  { people, context }: IncidentDesk,
  title = 'Withdrawals are refused by the chain node',
): Promise<{ id: string; number: string }> {
  return valueOf(
    await reportIncident(
      people.ada.actor,
      {
        sort: 'incident',
        detectedAt: fieldOf(context.clock()),
        title,
        description: 'Every withdrawal since ten o’clock fails at the node of the provider.',
      },
      context,
    ),
  );
}
