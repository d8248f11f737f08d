import { z } from 'zod';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { destinationListingIntent, type DestinationListingIntent } from '#lib/protocol/intent.ts';
import { operationId, slug } from '#lib/protocol/scalars.ts';
import { certificationFields, certify } from './certification.ts';
import { findOpenCertification } from './find-certification.ts';
import { findUnusualListing } from './find-unusual.ts';
import { intentBase } from './intent-base.ts';
import { beforeGenesis, prepareRaise, type PreparedStatement } from './prepare-raise.ts';
import { lacksRaiseScope } from './raise-scope.ts';
import { loadTrust } from './trust.ts';
import type { Unusual } from './unusual.ts';

export const recertificationForm = z.strictObject({
  operation: operationId,
  destination: slug,
  ...certificationFields,
});

export type PreparedRecertification = PreparedStatement & {
  intent: DestinationListingIntent;
  unusual: Unusual;
};

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
    return refuse(
      'destination-not-listed',
      row?.state === 'removed'
        ? 'This address was removed from the list, for good. To pay it again, list it anew.'
        : 'Choose a destination that is on the list.',
    );
  const open = await findOpenCertification(row, context.db);
  if (open)
    return refuse(
      'certification-raised',
      `This destination is being certified already, by ${open.number}. Carry that on, or end it first.`,
    );
  const { evidence, text, expiresAt } = certify(form.data, trust.policy, context.clock());
  const { clientId: client, chain, asset, address } = row;
  const intent = destinationListingIntent.parse({
    ...intentBase({ operation, kind: 'destination-listing', policy: trust.policy }, context),
    destination: { id, client, chain, asset, address, class: row.class, evidence, expiresAt },
  });
  const draft = { intent, note: null, evidence: text, attempt: 1 };
  const prepared = await prepareRaise(actor, draft, trust, context);
  if (!prepared.ok) return prepared;
  const unusual = await findUnusualListing(intent, context);
  return ok({ ...prepared.value, intent, unusual });
}
