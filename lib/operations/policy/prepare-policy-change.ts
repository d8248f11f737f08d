import { z } from 'zod';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import type { PolicyChangeIntent } from '#lib/protocol/intent.ts';
import { operationId } from '#lib/protocol/scalars.ts';
import { beforeGenesis, prepareRaise, type PreparedStatement } from '../prepare-raise.ts';
import { lacksRaiseScope } from '../raise-scope.ts';
import { loadTrust } from '../trust.ts';
import { changeIntent, reportDraft, type DraftReport } from './check-draft.ts';
import { storedPolicy } from './draft-document.ts';
import { draftUnknown } from './view-draft.ts';

const form = z.strictObject({
  operation: operationId,
  draft: operationId,
  /** The one that was read; another is not raised unread. */
  revision: z.int().min(1),
});

export type PreparedPolicyChange = PreparedStatement & {
  /** What of the intent the page shows: its rules as differences to the version in force. */
  intent: Pick<PolicyChangeIntent, 'notAfter'> & {
    version: number;
    previous: string | null;
    report: DraftReport;
  };
};

/** Gives out the statement by which a draft becomes an operation. Drafts that fail are named here. */
export async function preparePolicyChange(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<PreparedPolicyChange, string>> {
  const refused = lacksRaiseScope(actor, 'policy-change');
  if (refused) return refused;
  const asked = form.safeParse(input);
  if (!asked.success) return refuse('form-invalid', 'Name the draft to raise.');
  const { operation, draft, revision } = asked.data;
  const row = await context.db.policyDraft.findUnique({ where: { id: draft } });
  if (!row || row.discardedAt !== null) return draftUnknown();
  if (row.revision !== revision)
    return refuse(
      'draft-changed',
      'Somebody saved this draft since you opened the page. Reload it and read what it says now.',
    );
  const trust = await loadTrust(context.db);
  if (!trust) return beforeGenesis();
  if (row.baseVersion !== trust.policy.version)
    return refuse(
      'draft-behind',
      `Version ${trust.policy.version} came into force since this draft was written over version ${row.baseVersion}. Open the draft, read the differences and confirm them there.`,
    );
  const policy = storedPolicy(row);
  const report = await reportDraft(policy, { actor, trust }, context);
  if (report.cannotRaise !== null) return refuse('draft-unsound', report.cannotRaise);
  const intent = changeIntent(operation, policy, trust, context);
  const prepared = await prepareRaise(actor, { intent, note: null, attempt: 1 }, trust, context);
  if (!prepared.ok) return prepared;
  const { notAfter } = intent;
  const { version, previous } = intent.policy;
  return ok({ ...prepared.value, intent: { notAfter, version, previous, report } });
}
