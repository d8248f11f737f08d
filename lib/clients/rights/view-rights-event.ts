/** One rights event: what it is, who gets what of it, and what this person may do. */
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { operationId } from '#lib/protocol/scalars.ts';
import { takenBackOf, type TakenBack } from '../outcomes/taken-back.ts';
import { findStepFault } from '../register/registers.ts';
import { loadCase } from '../register/load-cases.ts';
import { stepLines, type StepLine } from '../register/step-lines.ts';
import { rightsFacts } from './event.ts';
import {
  loadEntitlements,
  sumDueTo,
  type DueTo,
  type EntitlementLine,
} from './load-entitlements.ts';
import { rightsView, type RightsView } from './rights-view.ts';

export type RightsRecord = {
  event: RightsView & { openedByName: string };
  steps: StepLine[];
  lines: EntitlementLine[];
  /** Account that the next page of lines begins after; null at the end. */
  next: string | null;
  /** Null until shares are computed. */
  dueTo: DueTo | null;
  /** Journals of which a correction took something back. */
  takenBack: TakenBack[];
  can: { compute: boolean; approve: boolean; drop: boolean; handOut: boolean };
  /** Why this person can't approve although it is time to; null otherwise. */
  approveRefusal: string | null;
};

/** @param input.after account that the page of lines before ended with. */
export async function viewRightsEvent(
  actor: Actor,
  input: { id: string; after: string | null },
  context: Context,
): Promise<Result<RightsRecord>> {
  const refused = lacksScope(actor, 'client:read');
  if (refused) return refused;
  const { id, after } = input;
  const unknown = refuse('event-unknown', 'There is no such event in the register.');
  if (!operationId.safeParse(id).success) return unknown;
  const nameOf = await operatorNames(context.db);
  const read = await inSnapshot(context.db, async (tx) => {
    const found = await loadCase(tx, 'rights-event', id);
    if (!found) return null;
    const { asset, decimals } = rightsFacts.parse(found.facts);
    const page = await loadEntitlements(tx, { id, asset, decimals }, after);
    const takenBack = await takenBackOf(tx, id);
    return { found, ...page, takenBack, dueTo: await sumDueTo(tx, { id, decimals }) };
  });
  if (!read) return unknown;
  const { found, lines, next, takenBack } = read;
  const event = rightsView(found, context.clock(), takenBack.length > 0);
  const canWrite = actor.scopes.has('client:write');
  const history = { opener: found.openedBy, taken: found.steps };
  const faultOf = (step: string) =>
    findStepFault('rights-event', history, { step, actor: actor.personId });
  const may = (step: string): boolean => canWrite && faultOf(step) === null;
  return ok({
    event: { ...event, openedByName: nameOf(found.openedBy) },
    steps: stepLines(found, nameOf),
    lines,
    next,
    takenBack,
    dueTo: event.shares && read.dueTo,
    can: {
      compute: may('computed'),
      approve: may('approved'),
      drop: may('dropped'),
      handOut: may('completed'),
    },
    approveRefusal:
      canWrite && faultOf('approved') === 'same-person'
        ? 'You recorded this event or computed the shares, so a colleague approves them.'
        : null,
  });
}
