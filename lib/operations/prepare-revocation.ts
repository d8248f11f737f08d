import { z } from 'zod';
import { commit } from '#lib/audit/salted-commitment.ts';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { textRules } from '#lib/protocol/free-text.ts';
import { base64url, operationId, personId } from '#lib/protocol/scalars.ts';
import { revocationIntent, type RevocationIntent } from '#lib/protocol/stop-intents.ts';
import { textField } from '#lib/protocol/text-field.ts';
import { intentBase } from './intent-base.ts';
import { beforeGenesis, prepareRaise, type PreparedStatement } from './prepare-raise.ts';
import { lacksRaiseScope } from './raise-scope.ts';
import { loadTrust } from './trust.ts';

export const revocationForm = z.strictObject({
  operation: operationId,
  person: personId,
  /** The key that no longer counts; null for every key of the person. */
  credential: base64url.max(1400).nullable(),
  reason: textField(textRules.reason),
});

export type PreparedRevocation = PreparedStatement & { intent: RevocationIntent };

/**
 * Gives out the statement by which one person ends another's key, or all of them, at the parties as
 * well as here. A roster change is how people come back.
 */
export async function prepareRevocation(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<PreparedRevocation>> {
  const refused = lacksRaiseScope(actor, 'revocation');
  if (refused) return refused;
  const form = revocationForm.safeParse(input);
  if (!form.success)
    return refuse('form-invalid', form.error.issues[0]?.message ?? 'Choose a person or a key.');
  const { operation, person, credential, reason } = form.data;
  const trust = await loadTrust(context.db);
  if (!trust) return beforeGenesis();
  const earlier = await context.db.revocation.findFirst({
    where: { personId: person, OR: [{ credentialId: null }, { credentialId: credential }] },
    include: { operation: { select: { number: true } } },
  });
  if (earlier)
    return refuse(
      'revoked-already',
      `${credential === null ? 'The keys of this person were' : 'This key was'} revoked already, by ${earlier.operation.number}.`,
    );
  const { commitment, salt } = commit(reason);
  const intent = revocationIntent.parse({
    ...intentBase({ operation, kind: 'revocation', policy: trust.policy }, context),
    person,
    credential,
    reasonCommitment: commitment,
  });
  const draft = { intent, note: { text: reason, salt }, attempt: 1 };
  const prepared = await prepareRaise(actor, draft, trust, context);
  return prepared.ok ? ok({ ...prepared.value, intent }) : prepared;
}
