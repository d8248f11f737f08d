/** One complaint: what it says, what was done about it, and what this person may do. */
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { operationId } from '#lib/protocol/scalars.ts';
import { findStepFault } from '../register/registers.ts';
import { loadCase } from '../register/load-cases.ts';
import { shownTextOf } from '../register/shown-text.ts';
import { complaintView, type ComplaintView } from './complaint-view.ts';

export type ComplaintStepView = {
  seq: number;
  step: string;
  by: string;
  at: string;
  reasons: string | null;
  until: string | null;
};

export type ComplaintRecord = {
  complaint: ComplaintView & { openedByName: string };
  steps: ComplaintStepView[];
  /** Newest versions of the two texts it was opened with, for corrections. */
  versions: { complainant: number; subject: number };
  /** What this person may do now. */
  can: { write: boolean; acknowledge: boolean; delay: boolean; decide: boolean };
  /** Why this person can't decide although it is time to; null otherwise. */
  decideRefusal: string | null;
  serverNow: string;
};

export async function viewComplaint(
  actor: Actor,
  id: string,
  context: Context,
): Promise<Result<ComplaintRecord>> {
  const refused = lacksScope(actor, 'client:read');
  if (refused) return refused;
  const unknown = refuse('complaint-unknown', 'There is no such complaint in the register.');
  if (!operationId.safeParse(id).success) return unknown;
  const now = context.clock();
  const [found, nameOf] = await Promise.all([
    loadCase(context.db, 'complaint', id),
    operatorNames(context.db),
  ]);
  if (!found) return unknown;
  const canWrite = actor.scopes.has('client:write');
  const history = { opener: found.openedBy, taken: found.steps };
  const faultOf = (step: string) =>
    findStepFault('complaint', history, { step, actor: actor.personId });
  const may = (step: string): boolean => canWrite && faultOf(step) === null;
  const versionOf = (kind: string): number =>
    found.texts.find((text) => text.seq === 0 && text.kind === kind)?.version ?? 0;
  return ok({
    complaint: { ...complaintView(found, now), openedByName: nameOf(found.openedBy) },
    steps: found.steps.map(({ seq, step, actor: by, at, facts }) => ({
      seq,
      step,
      by: nameOf(by),
      at,
      reasons: shownTextOf(found, 'reasons', seq),
      until: untilOf(facts),
    })),
    versions: { complainant: versionOf('complainant'), subject: versionOf('subject') },
    can: {
      write: canWrite,
      acknowledge: may('acknowledged'),
      delay: may('delayed'),
      decide: may('decided'),
    },
    decideRefusal:
      canWrite && faultOf('decided') === 'same-person'
        ? 'You took this complaint in, so a colleague decides it.'
        : null,
    serverNow: now.toISOString(),
  });
}

const untilOf = (facts: unknown): string | null =>
  typeof facts === 'object' && facts !== null && 'until' in facts && typeof facts.until === 'string'
    ? facts.until
    : null;
