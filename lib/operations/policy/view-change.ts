/** What a raised policy change changes, for the people who decide on it. */
import type { Database } from '#lib/platform/db/client.ts';
import type { Intent } from '#lib/protocol/intent.ts';
import { policyTightens } from '#lib/protocol/policy-change.ts';
import { storedPolicy } from './draft-document.ts';
import { policyDiff, type PolicyChange } from './policy-diff.ts';

export type PolicyChangeView = {
  version: number;
  /** Version it is compared with; null when the one the proposal follows is not on record. */
  before: number | null;
  changes: PolicyChange[];
  tightens: boolean;
};

export type ChangeView = {
  /** Null for an operation of another kind. */
  policyChange: PolicyChangeView | null;
};

export async function viewChange(intent: Intent, db: Database): Promise<ChangeView> {
  if (intent.kind !== 'policy-change') return { policyChange: null };
  const { policy } = intent;
  const row =
    policy.previous === null
      ? null
      : await db.policyVersion.findUnique({ where: { digest: policy.previous } });
  const before = row && storedPolicy(row);
  return {
    policyChange: {
      version: policy.version,
      before: before?.version ?? null,
      changes: before ? policyDiff(before, policy) : [],
      tightens: before !== null && policyTightens(before, policy),
    },
  };
}
