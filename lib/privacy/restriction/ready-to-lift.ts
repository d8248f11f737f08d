/** Whether a person may propose lifting a restriction, or lift it, now; asked before the key is pressed, and after. */
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Refused, type Result } from '#lib/platform/result.ts';
import {
  findRestrictionMoment,
  lockRestriction,
  restrictionMoved,
  restrictionUnknown,
  type RestrictionFile,
} from './load-restriction.ts';
import type { LiftStep } from './restriction-statement.ts';

export type ReadyToLift = { about: RestrictionFile; toldAt: Date };

export async function readyToLift(
  tx: Tx,
  actor: Actor,
  { restriction, seen, step }: { restriction: string; seen: number; step: LiftStep },
): Promise<Result<ReadyToLift>> {
  const refused = lacksLifting(actor, step);
  if (refused) return refused;
  const about = await lockRestriction(tx, restriction);
  if (!about) return restrictionUnknown();
  const moment = findRestrictionMoment(about, step, seen);
  if (moment) return moment;
  if (about.toldAt === null) return restrictionMoved();
  if (step === 'lifted' && about.proposedBy === actor.personId)
    return refuse('same-person', 'Who proposed it does not lift it. Ask somebody else.');
  return ok({ about, toldAt: about.toldAt });
}

/** The controller decides; who advises on it does not (Art 38(6)). */
export const lacksLifting = (
  actor: Pick<Actor, 'scopes' | 'roles'>,
  step: LiftStep | 'lift-returned',
): Refused | null =>
  lacksScope(actor, step === 'lift-proposed' ? 'privacy:decide' : 'privacy:approve') ??
  (actor.roles.includes('dpo')
    ? refuse('is-dpo', 'The data protection officer advises and decides on nothing (Art 38(6)).')
    : null);
