/** What comes of a policy that is not in force: what is wrong with it, what it changes, whom it needs. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import type { PolicyChangeIntent } from '#lib/protocol/intent.ts';
import type { Policy } from '#lib/protocol/policy.ts';
import { policyTightens } from '#lib/protocol/policy-change.ts';
import { askPolicy } from '../ask-policy.ts';
import { intentBase } from '../intent-base.ts';
import { findPolicyProblems, type PolicyProblem } from '../policy-problems.ts';
import { beforeGenesis } from '../prepare-raise.ts';
import { loadTrust, type Trust } from '../trust.ts';
import { changeEffect, type ChangeEffect } from './change-effect.ts';
import { documentMax, nextPolicy, readDraftDocument } from './draft-document.ts';
import { policyDiff, type PolicyChange } from './policy-diff.ts';
import { findSolo, type SoloSentences } from './solo-path.ts';

export type DraftReport = {
  /** The version in force, with which it is compared. */
  against: number;
  problems: PolicyProblem[];
  /** Why nobody could put it right again; null when people could. */
  lockout: string | null;
  solo: SoloSentences | null;
  changes: PolicyChange[];
  effect: ChangeEffect;
  /** Why it can't be raised as it is; null when it can. */
  cannotRaise: string | null;
};

const lockouts: Readonly<Record<string, string>> = {
  'policy-locks-out':
    'Under it nobody could change the roster or the policy any more: no rule allows that, or too few people of the groups it asks for hold a key, or statements would be over before the wait is.',
  'policy-shuts-release':
    'Under it nobody could release a freeze any more, so one person’s freeze would stand for good.',
};

/** The change as it would be raised now. */
export const changeIntent = (
  operation: string,
  policy: Policy,
  trust: Trust,
  context: Context,
): PolicyChangeIntent => ({
  ...intentBase({ operation, kind: 'policy-change', policy: trust.policy }, context),
  policy: nextPolicy(policy, trust),
});

type Judged = Pick<DraftReport, 'lockout' | 'effect' | 'cannotRaise'>;

async function judge(
  policy: Policy,
  { actor, trust }: { actor: Pick<Actor, 'personId'>; trust: Trust },
  context: Context,
): Promise<Judged> {
  const intent = changeIntent(randomUUID(), policy, trust, context);
  const of = { trust, raiser: actor.personId };
  const allowed = await askPolicy(intent, of, context.db, context.clock());
  if (allowed.ok)
    return {
      lockout: null,
      effect: changeEffect(allowed.value, policyTightens(trust.policy, intent.policy)),
      cannotRaise: null,
    };
  const { code, sentence } = allowed.refusal;
  const lockout = lockouts[code] ?? null;
  return { lockout, effect: { what: 'unknown' }, cannotRaise: lockout ?? sentence };
}

/** @param actor who would raise it: what one person may do alone depends on who it is. */
export async function reportDraft(
  policy: Policy,
  of: { actor: Pick<Actor, 'personId'>; trust: Trust },
  context: Context,
): Promise<DraftReport> {
  const { trust } = of;
  const against = trust.policy.version;
  const next = nextPolicy(policy, trust);
  const changes = policyDiff(trust.policy, next);
  const problems = findPolicyProblems(next);
  const nameOf = await operatorNames(context.db);
  const solo = findSolo(trust.roster, next, nameOf);
  const report = { against, problems, changes, solo };
  if (changes.length === 0)
    return {
      ...report,
      lockout: null,
      effect: { what: 'nothing' },
      cannotRaise: `It says the same as version ${against}, which is in force.`,
    };
  const judged = await judge(policy, of, context);
  const cannotRaise =
    (problems.length > 0 && 'Mend what is listed first.') ||
    judged.cannotRaise ||
    (solo && `${solo.sentence} ${solo.steps.join(' ')}`);
  return { ...report, ...judged, cannotRaise: cannotRaise || null };
}

const form = z.strictObject({ document: z.string().max(documentMax) });

/** Looks at a document that need not be saved. */
export async function checkDraft(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<DraftReport>> {
  const refused = lacksScope(actor, 'policy:raise');
  if (refused) return refused;
  const asked = form.safeParse(input);
  if (!asked.success) return refuse('form-invalid', 'The draft is too long to be looked at.');
  const policy = readDraftDocument(asked.data.document);
  if (!policy.ok) return policy;
  const trust = await loadTrust(context.db);
  if (!trust) return beforeGenesis();
  return ok(await reportDraft(policy.value, { actor, trust }, context));
}
