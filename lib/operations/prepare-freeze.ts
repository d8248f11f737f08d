import { z } from 'zod';
import { commit } from '#lib/audit/salted-commitment.ts';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { textRules } from '#lib/protocol/free-text.ts';
import { operationId } from '#lib/protocol/scalars.ts';
import { freezeIntent, freezeScope, type FreezeIntent } from '#lib/protocol/stop-intents.ts';
import { textField } from '#lib/protocol/text-field.ts';
import { standingFreezes } from './facts/standing-freezes.ts';
import { intentBase } from './intent-base.ts';
import { beforeGenesis, prepareRaise, type PreparedStatement } from './prepare-raise.ts';
import { lacksRaiseScope } from './raise-scope.ts';
import { scopeWords } from './scope-words.ts';
import { loadTrust } from './trust.ts';

export const freezeForm = z.strictObject({
  operation: operationId,
  scope: freezeScope,
  reason: textField(textRules.reason),
});

export type PreparedFreeze = PreparedStatement & { intent: FreezeIntent };

/** Gives out the statement by which one person stops an asset, a vault or everything at once. */
export async function prepareFreeze(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<PreparedFreeze>> {
  const refused = lacksRaiseScope(actor, 'freeze');
  if (refused) return refused;
  const form = freezeForm.safeParse(input);
  if (!form.success)
    return refuse('form-invalid', form.error.issues[0]?.message ?? 'Choose what to freeze.');
  const { operation, scope, reason } = form.data;
  const trust = await loadTrust(context.db);
  if (!trust) return beforeGenesis();
  const wanted = scopeWords(scope);
  const standing = await standingFreezes(context.db);
  const same = standing.find((freeze) => scopeWords(freeze.scope) === wanted);
  if (same) return refuse('frozen-already', `${wanted} is frozen already, by ${same.number}.`);
  const { commitment, salt } = commit(reason);
  const intent = freezeIntent.parse({
    ...intentBase({ operation, kind: 'freeze', policy: trust.policy }, context),
    scope,
    reasonCommitment: commitment,
  });
  const draft = { intent, note: { text: reason, salt }, attempt: 1 };
  const prepared = await prepareRaise(actor, draft, trust, context);
  return prepared.ok ? ok({ ...prepared.value, intent }) : prepared;
}
