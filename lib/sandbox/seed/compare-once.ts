/** Compares everything once the past is made: the runs of the schedule came before most of it was booked. */
import { startRun } from '#lib/reconciliation/start-run.ts';
import type { Team } from '../colleagues/team.ts';
import { waitFor, type SeedContext } from './seed-context.ts';

export async function compareOnce(team: Team, context: SeedContext): Promise<void> {
  const { actor } = await team.signIn('ada');
  const { db } = context;
  const asked = await db.reconciliationRequest.count({ where: { startedBy: actor.personId } });
  if (asked > 0) return;
  const started = await startRun(actor, { wanted: 'all' }, context);
  if (!started.ok) throw new Error(started.refusal.sentence);
  context.log('everything that is booked is compared once');
}

/**
 * Compares a vault's asset that nobody compared yet, and waits for it: until then the source of shortfalls says
 * nothing about the asset, and parties let nothing of it out.
 */
export async function compareFirst(
  team: Team,
  { vault, asset }: { vault: string; asset: string },
  context: SeedContext,
): Promise<void> {
  const compared = () =>
    context.db.reconciliationRun.findFirst({ where: { kind: 'chain', asset, place: vault } });
  if (await compared()) return;
  const { actor } = await team.signIn('ada');
  const started = await startRun(actor, { wanted: `chain/${asset}/${vault}` }, context);
  if (!started.ok) throw new Error(started.refusal.sentence);
  await waitFor(`the first comparison of ${asset} in ${vault}`, 120_000, compared);
}
