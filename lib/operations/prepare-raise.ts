/** Common end of raising any kind: policy is asked, the raise statement goes out to be signed. */
import type { Intent } from '#lib/protocol/intent.ts';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { askFresh } from './ask-fresh.ts';
import type { Allowed } from './ask-policy.ts';
import { issueStatement, type ErasableText, type StatementRequest } from './issue-statement.ts';
import type { Trust } from './trust.ts';

export type RaiseDraft = {
  intent: Intent;
  /** Why, or what it is called; null for a kind that has neither. */
  note: ErasableText | null;
  evidence?: ErasableText | null;
  attempt: number;
};

/** The statement to sign, and what policy asks of others then. */
export type PreparedStatement = { request: StatementRequest; allowed: Allowed };

export async function prepareRaise(
  actor: Actor,
  draft: RaiseDraft,
  trust: Trust,
  context: Context,
): Promise<Result<PreparedStatement>> {
  const allowed = await askFresh(draft.intent, { trust, raiser: actor.personId }, context);
  return allowed.ok
    ? issueRaise(actor, { ...draft, allowed: allowed.value }, trust, context)
    : allowed;
}

/** The same once policy was asked. */
export async function issueRaise(
  actor: Actor,
  { allowed, ...draft }: RaiseDraft & { allowed: Allowed },
  trust: Trust,
  context: Context,
): Promise<Result<PreparedStatement>> {
  const request = await issueStatement(
    actor,
    { ...draft, decision: 'raise', reason: null },
    trust,
    context,
  );
  return request.ok ? ok({ request: request.value, allowed }) : request;
}

export const beforeGenesis = () =>
  refuse('no-genesis', 'No roster is pinned yet. Finish the genesis ceremony first.');
