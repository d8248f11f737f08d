import { z } from 'zod';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { destinationListingIntent, type DestinationListingIntent } from '#lib/protocol/intent.ts';
import { operationId, slug } from '#lib/protocol/scalars.ts';
import { certificationFields, certify } from './certification.ts';
import { intentBase } from './intent-base.ts';
import { beforeGenesis, prepareRaise, type PreparedStatement } from './prepare-raise.ts';
import { lacksRaiseScope } from './raise-scope.ts';
import { finalStates } from './states.ts';
import { loadTrust } from './trust.ts';

export const recertificationForm = z.strictObject({
  operation: operationId,
  destination: slug,
  ...certificationFields,
});

export type PreparedRecertification = PreparedStatement & { intent: DestinationListingIntent };

/**
 * Gives out the raise statement for certifying a listed destination again: a listing of the same id
 * in which only expiry and evidence may differ.
 */
export async function prepareRecertification(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<PreparedRecertification>> {
  const refused = lacksRaiseScope(actor, 'destination-listing');
  if (refused) return refused;
  const form = recertificationForm.safeParse(input);
  if (!form.success)
    return refuse('form-invalid', form.error.issues[0]?.message ?? 'Check the form.');
  const { operation, destination: id } = form.data;
  const trust = await loadTrust(context.db);
  if (!trust) return beforeGenesis();
  const row = await context.db.destination.findUnique({ where: { id } });
  if (row?.state !== 'listed')
    return refuse('destination-not-listed', 'Choose a destination that is on the list.');
  const open = await context.db.operation.findFirst({
    where: { kind: 'destination-listing', destinationId: id, state: { notIn: [...finalStates] } },
    select: { number: true },
  });
  if (open)
    return refuse(
      'certification-raised',
      `This destination is being certified already, by ${open.number}.`,
    );
  const { evidence, text, expiresAt } = certify(form.data, trust.policy, context.clock());
  const { clientId: client, chain, asset, address } = row;
  const intent = destinationListingIntent.parse({
    ...intentBase({ operation, kind: 'destination-listing', policy: trust.policy }, context),
    destination: { id, client, chain, asset, address, class: row.class, evidence, expiresAt },
  });
  const draft = { intent, note: null, evidence: text, attempt: 1 };
  const prepared = await prepareRaise(actor, draft, trust, context);
  return prepared.ok ? ok({ ...prepared.value, intent }) : prepared;
}
