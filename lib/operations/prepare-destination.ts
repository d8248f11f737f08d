import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { assets } from '#lib/chains/assets.ts';
import { isSolanaAddress } from '#lib/chains/solana/address.ts';
import { noRecipient } from '#lib/chains/solana/known-addresses.ts';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { shownText, textRules } from '#lib/protocol/free-text.ts';
import { destinationListingIntent, type DestinationListingIntent } from '#lib/protocol/intent.ts';
import { chainId, clientId, operationId } from '#lib/protocol/scalars.ts';
import { textField } from '#lib/protocol/text-field.ts';
import { findUnusualListing } from './find-unusual.ts';
import type { StatementRequest } from './issue-statement.ts';
import { beforeGenesis, prepareRaise } from './prepare-raise.ts';
import { lacksRaiseScope } from './raise-scope.ts';
import { loadTrust } from './trust.ts';
import type { Unusual } from './unusual.ts';

export const destinationForm = z.strictObject({
  operation: operationId,
  client: clientId,
  chain: chainId,
  asset: z.string().max(12),
  address: z.string().max(128),
  label: textField(textRules.destinationLabel),
});

export type PreparedListing = {
  request: StatementRequest;
  intent: DestinationListingIntent;
  unusual: Unusual;
};

/** Checks an address to be listed for a client and gives out the raise statement. */
export async function prepareDestination(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<PreparedListing>> {
  const refused = lacksRaiseScope(actor, 'destination-listing');
  if (refused) return refused;
  const form = destinationForm.safeParse(input);
  if (!form.success)
    return refuse('form-invalid', form.error.issues[0]?.message ?? 'Check the form.');
  const { operation, client, chain, asset, address, label } = form.data;
  if (!assets.some((entry) => entry.code === asset && entry.chains.includes(chain)))
    return refuse('form-invalid', 'Choose an asset and a chain that go together.');
  if (!isSolanaAddress(address))
    return refuse(
      'form-invalid',
      'This is not a Solana address. Paste it whole, as the client gave it.',
    );
  const lost = noRecipient(address);
  if (lost !== null)
    return refuse(
      'no-recipient',
      `This is ${lost}, not a client’s address: what is sent there is lost. Ask the client for theirs.`,
    );
  if (!(await context.db.client.findUnique({ where: { id: client } })))
    return refuse('form-invalid', 'Choose a client from the list.');
  if (await context.db.vault.findUnique({ where: { address } }))
    return refuse('form-invalid', 'This is the address of one of our own vaults.');
  const twice = await context.db.destination.findFirst({
    where: { clientId: client, chain, asset, address, state: { in: ['proposed', 'listed'] } },
    select: { label: true, state: true },
  });
  if (twice)
    return refuse(
      'already-listed',
      twice.state === 'listed'
        ? `This address is on the client’s list already, as “${shownText(twice.label)}”.`
        : `This address is proposed for the client already, as “${shownText(twice.label)}”. Its listing is in the queue.`,
    );
  const trust = await loadTrust(context.db);
  if (!trust) return beforeGenesis();
  const lifetimeMs = trust.policy.lifetimes['destination-listing'] * 1000;
  const intent = destinationListingIntent.parse({
    type: 'countersign/intent/v1',
    organisation: context.settings.organisation,
    environment: context.settings.mode,
    operation,
    notAfter: new Date(context.clock().getTime() + lifetimeMs).toISOString(),
    kind: 'destination-listing',
    destination: { id: `d-${randomBytes(8).toString('hex')}`, client, chain, asset, address },
  });
  // The label is free text, so it goes into a row that can be erased and not into the intent.
  const note = { text: label, salt: randomBytes(16).toString('base64url') };
  const request = await prepareRaise(
    actor,
    { intent, tier: null, note, attempt: 1 },
    trust,
    context,
  );
  if (!request.ok) return request;
  const unusual = await findUnusualListing(intent, context);
  return ok({ request: request.value.request, intent, unusual });
}
