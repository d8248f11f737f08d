import { z } from 'zod';
import { commit } from '#lib/audit/salted-commitment.ts';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { textRules } from '#lib/protocol/free-text.ts';
import { operationId, slug } from '#lib/protocol/scalars.ts';
import {
  destinationRemovalIntent,
  type DestinationRemovalIntent,
} from '#lib/protocol/stop-intents.ts';
import { textField } from '#lib/protocol/text-field.ts';
import { intentBase } from './intent-base.ts';
import { beforeGenesis, prepareRaise, type PreparedStatement } from './prepare-raise.ts';
import { lacksRaiseScope } from './raise-scope.ts';
import { loadTrust } from './trust.ts';

export const removalForm = z.strictObject({
  operation: operationId,
  destination: slug,
  reason: textField(textRules.reason),
});

export type PreparedRemoval = PreparedStatement & { intent: DestinationRemovalIntent };

/** Gives out the statement by which one person takes a destination off the list, for good. */
export async function prepareRemoval(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<PreparedRemoval>> {
  const refused = lacksRaiseScope(actor, 'destination-removal');
  if (refused) return refused;
  const form = removalForm.safeParse(input);
  if (!form.success)
    return refuse('form-invalid', form.error.issues[0]?.message ?? 'Choose a listed destination.');
  const { operation, destination, reason } = form.data;
  const trust = await loadTrust(context.db);
  if (!trust) return beforeGenesis();
  const row = await context.db.destination.findUnique({ where: { id: destination } });
  if (row?.state !== 'listed')
    return refuse(
      'destination-not-listed',
      row?.state === 'proposed'
        ? 'This destination is only proposed. Reject or cancel its listing instead.'
        : 'This destination is not on the list any more.',
    );
  const { commitment, salt } = commit(reason);
  const intent = destinationRemovalIntent.parse({
    ...intentBase({ operation, kind: 'destination-removal', policy: trust.policy }, context),
    destination,
    reasonCommitment: commitment,
  });
  const draft = { intent, note: { text: reason, salt }, attempt: 1 };
  const prepared = await prepareRaise(actor, draft, trust, context);
  return prepared.ok ? ok({ ...prepared.value, intent }) : prepared;
}
