import { z } from 'zod';
import { commit } from '#lib/audit/salted-commitment.ts';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { textRules } from '#lib/protocol/free-text.ts';
import { operationId } from '#lib/protocol/scalars.ts';
import { releaseIntent, type ReleaseIntent } from '#lib/protocol/stop-intents.ts';
import { textField } from '#lib/protocol/text-field.ts';
import { intentBase } from './intent-base.ts';
import { beforeGenesis, prepareRaise, type PreparedStatement } from './prepare-raise.ts';
import { lacksRaiseScope } from './raise-scope.ts';
import { finalStates } from './states.ts';
import { loadTrust } from './trust.ts';

export const releaseForm = z.strictObject({
  operation: operationId,
  /** The operation that froze. */
  freeze: operationId,
  reason: textField(textRules.reason),
});

export type PreparedRelease = PreparedStatement & { intent: ReleaseIntent };

/** Gives out the raise statement for releasing one freeze; it needs more people than a withdrawal. */
export async function prepareRelease(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<PreparedRelease>> {
  const refused = lacksRaiseScope(actor, 'release');
  if (refused) return refused;
  const form = releaseForm.safeParse(input);
  if (!form.success)
    return refuse('form-invalid', form.error.issues[0]?.message ?? 'Choose a freeze to release.');
  const { operation, freeze, reason } = form.data;
  const trust = await loadTrust(context.db);
  if (!trust) return beforeGenesis();
  const open = await context.db.operation.findFirst({
    where: {
      kind: 'release',
      state: { notIn: [...finalStates] },
      intent: { contains: `"freeze":"${freeze}"` },
    },
    select: { number: true },
  });
  if (open)
    return refuse(
      'release-raised',
      `The release of this freeze is raised already, as ${open.number}.`,
    );
  const { commitment, salt } = commit(reason);
  const intent = releaseIntent.parse({
    ...intentBase({ operation, kind: 'release', policy: trust.policy }, context),
    freeze,
    reasonCommitment: commitment,
  });
  const draft = { intent, note: { text: reason, salt }, attempt: 1 };
  const prepared = await prepareRaise(actor, draft, trust, context);
  return prepared.ok ? ok({ ...prepared.value, intent }) : prepared;
}
