/** Whether a person may propose lifting a hold, or lift it, now; asked before the key is pressed, and again after. */
import type { Actor } from '#lib/identity/actor.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import {
  findHoldMoment,
  holdMoved,
  holdUnknown,
  lacksDeciding,
  timeAfterHold,
} from './act-on-hold.ts';
import type { HoldFacts } from './event.ts';
import type { LiftStep } from './hold-statement.ts';
import { holdDigestBefore, lockHold, type HoldFile } from './load-hold.ts';

export type WantedLift = { id: string; seen: number; step: LiftStep };
export type ReadyToLift = {
  file: HoldFile;
  at: Date;
  /** Digest of what stood before the proposal. */
  events: string;
  event:
    | { kind: 'lift-proposed'; facts: HoldFacts<'lift-proposed'> }
    | { kind: 'lifted'; facts: HoldFacts<'lifted'> };
};

export async function readyToLift(
  tx: Tx,
  actor: Actor,
  { id, seen, step }: WantedLift,
  now: Date,
): Promise<Result<ReadyToLift>> {
  const refused = lacksDeciding(actor);
  if (refused) return refused;
  const file = await lockHold(tx, id);
  if (!file) return holdUnknown();
  const moment = findHoldMoment(file, step, seen);
  if (moment) return moment;
  const at = timeAfterHold(file, now);
  if (step === 'lift-proposed') {
    const events = await holdDigestBefore(tx, file, file.seq + 1);
    return ok({ file, at, events, event: { kind: step, facts: { events } } });
  }
  const { proposal } = file.standing;
  if (!proposal) return holdMoved();
  if (proposal.by === actor.personId)
    return refuse('same-person', 'Who proposed it does not lift it. Ask somebody else.');
  // What the proposal was made on is still what it was.
  const events = await holdDigestBefore(tx, file, proposal.seq);
  if (events !== proposal.events) return holdMoved();
  return ok({ file, at, events, event: { kind: step, facts: { of: proposal.seq, events } } });
}
