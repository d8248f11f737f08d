/** Compares everything once the past is made: the runs of the schedule came before most of it was booked. */
import { startRun } from '#lib/reconciliation/start-run.ts';
import type { Team } from '../colleagues/team.ts';
import type { SeedContext } from './seed-context.ts';

export async function compareOnce(team: Team, context: SeedContext): Promise<void> {
  const { actor } = await team.signIn('ada');
  const { db } = context;
  const asked = await db.reconciliationRequest.count({ where: { startedBy: actor.personId } });
  if (asked > 0) return;
  const started = await startRun(actor, { wanted: 'all' }, context);
  if (!started.ok) throw new Error(started.refusal.sentence);
  context.log('everything that is booked is compared once');
}
