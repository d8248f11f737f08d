/** Requests to correct something, up to the opinion, for database tests. */
import { valueOf } from '#lib/identity/testing/people.ts';
import { collectSystem } from '../collect/collect-system.ts';
import { giveOpinion } from '../requests/move-request.ts';
import { reviewRequest } from '../requests/review-request.ts';
import { newestPlan, planChanges } from '../rectification/plan-changes.ts';
import type { RequestDesk } from './request-desk.ts';
import { identified } from './restriction-desk.ts';

/** Six events: received, identified, planned, collected, reviewed, advised on. @returns the commitment of the plan as well. */
export async function plannedRequest(
  desk: RequestDesk,
  changes: Readonly<Record<string, string>>,
): Promise<{ id: string; number: string; plan: string }> {
  const request = await identified(desk, 'rectification');
  const { id } = request;
  const { actor } = desk.people.dora;
  valueOf(await planChanges(actor, { id, seen: '2', ...changes }, desk.context));
  valueOf(await collectSystem(actor, { id, seen: '3', system: 'vault' }, desk.context));
  const review = { id, seen: '4', blockers: [], reasons: 'Nothing stands against it here.' };
  valueOf(await reviewRequest(actor, review, desk.context));
  const text = 'The passport shows it.';
  valueOf(await giveOpinion(actor, { id, seen: '5', opinion: 'for', text }, desk.context));
  const plan = await newestPlan(desk.web, { id, events: [] });
  return { ...request, plan: plan?.commitment ?? '' };
}
