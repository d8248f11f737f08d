/** Common end of raising any kind: policy is asked, the raise statement goes out to be signed. */
import { evaluatePolicy, type PolicyOutcome } from '#lib/protocol/policy.ts';
import type { Intent } from '#lib/protocol/intent.ts';
import type { VaultTier } from '#lib/protocol/scalars.ts';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { issueStatement, type StatementPayload, type StatementRequest } from './issue-statement.ts';
import type { Trust } from './trust.ts';

export type Allowed = { rule: string; needs: Extract<PolicyOutcome, { effect: 'allow' }>['needs'] };

/** What policy asks for an intent, or its refusal with the reason. */
export function askPolicy(
  intent: Intent,
  tier: VaultTier | null,
  trust: Trust,
): Result<Allowed, 'policy-denies'> {
  const isWithdrawal = intent.kind === 'withdrawal';
  const verdict = evaluatePolicy(trust.policy, {
    kind: intent.kind,
    asset: isWithdrawal ? intent.asset : null,
    amount: isWithdrawal ? intent.amount : null,
    tier,
    vault: isWithdrawal ? intent.vault : null,
    client: isWithdrawal ? intent.client : null,
    spent: [],
    now: new Date().toISOString(),
  });
  if (verdict.outcome.effect === 'deny')
    return refuse(
      'policy-denies',
      `Policy version ${trust.policy.version} says no: ${verdict.outcome.reason}.`,
    );
  if (verdict.rule === null) throw new Error('Policy allowed an operation without a rule.');
  return ok({ rule: verdict.rule, needs: verdict.outcome.needs });
}

export async function prepareRaise(
  actor: Actor,
  input: {
    intent: Intent;
    tier: VaultTier | null;
    note: StatementPayload['note'];
    attempt: number;
  },
  trust: Trust,
  context: Context,
): Promise<Result<{ request: StatementRequest; rule: string }>> {
  const allowed = askPolicy(input.intent, input.tier, trust);
  if (!allowed.ok) return allowed;
  const request = await issueStatement(
    actor,
    {
      intent: input.intent,
      decision: 'raise',
      attempt: input.attempt,
      reason: null,
      note: input.note,
    },
    trust,
    context,
  );
  return request.ok ? ok({ request: request.value, rule: allowed.value.rule }) : request;
}

export const beforeGenesis = () =>
  refuse('no-genesis', 'No roster is pinned yet. Finish the genesis ceremony first.');
