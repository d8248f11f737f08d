/** How much of an initial notification is drafted by itself for an incident that nobody has touched yet. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { admit, enrol, signIn, testContext, valueOf } from '#lib/identity/testing/people.ts';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { databaseFor, type Database } from '#lib/platform/db/client.ts';
import type { Role } from '#lib/protocol/roster.ts';
import { takeOver } from '../desk/take-over.ts';
import { recordProfile } from '../entity/record-profile.ts';
import type { Share } from '../report/prefill.ts';
import { sampleProfile } from '../testing/major-incident.ts';
import { openReport } from './open-report.ts';
import { viewReport } from './view-report.ts';

/** Least share of the mandatory fields that is filled without anybody's doing. */
export const draftedLeast = 0.6;

export type Drafted = Share & {
  /** Mandatory fields that are left to people, by number. */
  left: string[];
};

/**
 * An alarm opens an incident on a database of its own, somebody begins its initial notification and writes nothing.
 * @returns how many of its mandatory fields are filled, and which are not.
 */
export async function benchDraft(urls: {
  ownerUrl: string;
  webUrl: string;
  workerUrl: string;
}): Promise<Drafted> {
  const [web, owner, worker] = [urls.webUrl, urls.ownerUrl, urls.workerUrl].map((url) =>
    databaseFor(url),
  ) as [Database, Database, Database];
  try {
    const context = testContext(web);
    const person = async (displayName: string, role: Role): Promise<Actor> => {
      const enrolled = await enrol(context, { displayName, roles: [role], group: null });
      await admit(owner, enrolled);
      return (await signIn(context, enrolled)).actor;
    };
    valueOf(await recordProfile(await person('Mia Lindqvist', 'manager'), sampleProfile, context));
    const incident = await raiseAlarm(urls.ownerUrl, worker, context);
    return await draft(await person('Ada Hofmann', 'officer'), incident, context);
  } finally {
    await Promise.all([web.$disconnect(), owner.$disconnect(), worker.$disconnect()]);
  }
}

/** What a watch of another area writes down, and the worker that opens a file for it. */
async function raiseAlarm(ownerUrl: string, worker: Database, context: Context): Promise<string> {
  const id = randomUUID();
  const at = context.clock();
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query(
      `insert into incident_record (id, number, what, title, opened_at, opened_by)
         values ($1, $2, 'unexplained-outflow', 'Assets left a vault without an operation', $3, 'system')`,
      [id, `INC-${at.getUTCFullYear()}-000001`, at],
    );
  } finally {
    await client.end();
  }
  await takeOver(worker, at);
  return id;
}

async function draft(actor: Actor, incident: string, context: Context): Promise<Drafted> {
  const { id } = valueOf(await openReport(actor, { id: incident, stage: 'initial' }, context));
  const { share, findings } = valueOf(await viewReport(actor, { id }, context));
  const left = findings.filter(({ rule }) => rule === 'missing').map(({ field }) => field);
  return { ...share.mandatory, left };
}
