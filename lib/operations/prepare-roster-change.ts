import { z } from 'zod';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { canonicalize, rosterChangeIntent, type RosterChangeIntent } from '#lib/protocol/intent.ts';
import { operationId } from '#lib/protocol/scalars.ts';
import { intentBase } from './intent-base.ts';
import { beforeGenesis, prepareRaise, type PreparedStatement } from './prepare-raise.ts';
import { lacksRaiseScope } from './raise-scope.ts';
import { rosterChange } from './roster/change.ts';
import { editRoster } from './roster/edit-roster.ts';
import { reportRosterChange, type RosterChangeReport } from './roster/report-change.ts';
import { loadTrust } from './trust.ts';

const form = z.strictObject({
  operation: operationId,
  /** The roster that was read; another is not changed unread. */
  version: z.int().min(1),
  change: rosterChange,
});

export type RosterChangeReview = Pick<RosterChangeIntent, 'notAfter'> & {
  version: number;
  previous: string | null;
  report: RosterChangeReport;
};

export type PreparedRosterChange =
  /** It may not be raised as it is; the report says why, with every step of a counter-example. */
  | { outcome: 'barred'; report: RosterChangeReport }
  | ({ outcome: 'sign'; intent: RosterChangeReview } & PreparedStatement);

/**
 * Gives out the statement that raises one change of the roster. The next version is made here from
 * the one in force; a browser says only what is to change.
 */
export async function prepareRosterChange(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<PreparedRosterChange>> {
  const refused = lacksRaiseScope(actor, 'roster-change');
  if (refused) return refused;
  const asked = form.safeParse(input);
  if (!asked.success) return refuse('form-invalid', 'Fill in what is to change, and until when.');
  const { operation, version, change } = asked.data;
  const trust = await loadTrust(context.db);
  if (!trust) return beforeGenesis();
  if (trust.roster.version !== version)
    return refuse(
      'roster-moved',
      `Version ${trust.roster.version} came into force since you opened the page, which showed version ${version}. Reload it and read what it says now.`,
    );
  const edited = editRoster(trust.roster, change, context.clock());
  if (!edited.ok) return edited;
  if (canonicalize(edited.value) === canonicalize(trust.roster))
    return refuse(
      'nothing-changes',
      'The roster says so already. Change something before you raise it.',
    );
  const intent = rosterChangeIntent.parse({
    ...intentBase({ operation, kind: 'roster-change', policy: trust.policy }, context),
    roster: { ...edited.value, version: version + 1, previous: trust.rosterDigest },
  });
  const report = await reportRosterChange(intent, { actor, trust }, context);
  if (report.cannotRaise !== null) return ok({ outcome: 'barred', report });
  const prepared = await prepareRaise(actor, { intent, note: null, attempt: 1 }, trust, context);
  if (!prepared.ok) return prepared;
  const { notAfter, roster } = intent;
  return ok({
    outcome: 'sign',
    ...prepared.value,
    intent: { notAfter, version: roster.version, previous: roster.previous, report },
  });
}
