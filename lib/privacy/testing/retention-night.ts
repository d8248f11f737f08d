/** Nights of retention one after the other within a test, and people whose relationship ended long ago. */
import { valueOf } from '#lib/identity/testing/people.ts';
import { monthsLater } from '#lib/incidents/days.ts';
import type { DeskPerson } from '#lib/incidents/testing/incident-desk.ts';
import { newPersonId } from '#lib/persons/ids.ts';
import { writePerson, type Values } from '#lib/persons/write-person.ts';
import { dayOf, startOfDay } from '#lib/platform/days.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import type { Result } from '#lib/platform/result.ts';
import { advanceRun } from '../retention/runs/advance-run.ts';
import { beginNight } from '../retention/runs/begin-night.ts';
import { prepareRuleDecision, submitRuleDecision } from '../retention/runs/decide-rule.ts';
import type { RuleDecision } from '../retention/runs/retention-statement.ts';
import type { RunCode } from '../retention/schedule.ts';
import { endedLongAgo } from './ended-long-ago.ts';
import type { RequestDesk } from './request-desk.ts';

const someValues: Values = {
  'full-name': 'Bo Ek',
  email: 'bo@example.org',
  'document-number': 'L01X00T47',
};

/** Somebody who was the client of a client of their own until some years ago; of today where it is none. */
export async function parted(
  { web, owner, people, context }: RequestDesk,
  { years, client, values = someValues }: { years: number | null; client: string; values?: Values },
): Promise<string> {
  const id = newPersonId();
  const at = context.clock();
  await inTransaction(web, (tx) =>
    writePerson(tx, { id, values }, { by: people.dora.actor.personId, at }),
  );
  await owner.client.upsert({
    where: { id: client },
    create: { id: client, createdAt: at },
    update: {},
  });
  const until = years === null ? null : startOfDay(monthsLater(dayOf(at), -years * 12));
  await web.personTie.create({
    data: {
      personId: id,
      role: 'client',
      clientId: client,
      since: startOfDay('2001-01-01'),
      until,
    },
  });
  if (until !== null) await endedLongAgo(owner, id);
  return id;
}

/** Presses come from the use cases here; that forged ones let nothing act is tested where they are verified. */
const needsOf = ({ worker, context }: RequestDesk) => ({
  db: worker,
  clock: context.clock,
  isProved: () => Promise.resolve(true),
});

/** Goes on with a run to its end. */
export async function finish(desk: RequestDesk, run: string, most?: number): Promise<void> {
  while (!(await advanceRun(needsOf(desk), run, most)));
}

/** A new night falls: the runs before are of days before. */
export async function nightFalls({ owner }: RequestDesk): Promise<void> {
  await owner.$executeRaw`alter table retention_run disable trigger guarded`;
  await owner.$executeRaw`update retention_run set day = (select min(day) from retention_run where kind = 'nightly') - 1
    where kind = 'nightly' and day >= (now() at time zone 'UTC')::date`;
  await owner.$executeRaw`alter table retention_run enable always trigger guarded`;
}

/** A run of a new night that has only begun, as the worker makes it. */
export async function begun(desk: RequestDesk): Promise<string> {
  await nightFalls(desk);
  const run = await beginNight(needsOf(desk));
  if (run === null) throw new Error('The night has been.');
  return run;
}

/** The same, gone on with to its end. */
export async function night(desk: RequestDesk): Promise<string> {
  const run = await begun(desk);
  await finish(desk, run);
  return run;
}

export const reportOf = ({ owner }: RequestDesk, run: string, rule: RunCode) =>
  owner.retentionReport.findUniqueOrThrow({ where: { runId_rule: { runId: run, rule } } });

/** From the button to the record, with the person's key pressed in between. */
export async function decide(
  { context }: RequestDesk,
  { actor, key }: DeskPerson,
  input: { run: string; rule: RunCode; decision?: RuleDecision },
): Promise<Result<null>> {
  const prepared = await prepareRuleDecision(actor, { decision: 'approved', ...input }, context);
  if (!prepared.ok) return prepared;
  const { nonce, options } = prepared.value;
  const assertion = key.assert({ challenge: options.challenge, origin: context.settings.origin });
  return submitRuleDecision(actor, { nonce, assertion }, context);
}

/** Mia approves what the rule found in this run. */
export const approve = async (desk: RequestDesk, run: string, rule: RunCode) =>
  valueOf(await decide(desk, desk.people.mia, { run, rule }));
