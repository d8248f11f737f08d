import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { readRecipient } from '#lib/chains/read-recipient.ts';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { refuseNames } from '#lib/persons/texts/names-nobody.ts';
import { about, formInvalid } from '#lib/platform/refused-field.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { shownText, textRules } from '#lib/protocol/free-text.ts';
import { destinationListingIntent, type DestinationListingIntent } from '#lib/protocol/intent.ts';
import { chainId, clientId, destinationClass, operationId } from '#lib/protocol/scalars.ts';
import { textField } from '#lib/protocol/text-field.ts';
import { certificationFields, certify } from './certification.ts';
import { findUnusualListing } from './find-unusual.ts';
import { intentBase } from './intent-base.ts';
import { beforeGenesis, prepareRaise, type PreparedStatement } from './prepare-raise.ts';
import { lacksRaiseScope } from './raise-scope.ts';
import { servedChains } from './served-chains.ts';
import { loadTrust } from './trust.ts';
import type { Unusual } from './unusual.ts';

export const destinationForm = z.strictObject({
  operation: operationId,
  client: clientId,
  chain: chainId,
  asset: z.string().max(12),
  address: z.string().max(128),
  label: textField(textRules.destinationLabel),
  /** Whose address it is; rules trust `other` least. */
  class: destinationClass.default('other'),
  ...certificationFields,
});

export type PreparedListing = PreparedStatement & {
  intent: DestinationListingIntent;
  unusual: Unusual;
};

/** Of a vault, or of somebody's account in one. */
const isOwnAddress = async (address: string, db: Context['db']): Promise<boolean> =>
  (await db.vault.findUnique({ where: { address } })) !== null ||
  (await db.vaultAccount.findUnique({ where: { address } })) !== null;

/** Checks an address to be listed for a client and gives out the raise statement. */
export async function prepareDestination(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<PreparedListing>> {
  const refused = lacksRaiseScope(actor, 'destination-listing');
  if (refused) return refused;
  const form = destinationForm.safeParse(input);
  if (!form.success) return formInvalid(form.error);
  const { operation, client, chain, asset, label } = form.data;
  const facts = servedChains(context.settings).find((entry) => entry.chain === chain);
  if (!facts?.assets.some((entry) => entry.asset === asset))
    return refuse('form-invalid', 'Choose an asset and a chain that go together.', 'asset');
  const recipient = readRecipient(chain, form.data.address);
  if (!recipient.ok)
    return recipient.fault === 'no-recipient'
      ? refuse('no-recipient', recipient.sentence, 'address')
      : refuse('form-invalid', recipient.sentence, 'address');
  const { address } = recipient;
  if (facts.assets.some(({ token }) => token === address))
    return refuse(
      'no-recipient',
      'This is the contract of a token, not a client’s address: what is sent there is lost. Ask the client for theirs.',
      'address',
    );
  const named = await refuseNames(
    context.db,
    label,
    'The name of an address is shown in lists and stays with it.',
  );
  if (named) return about('label', named);
  if (!(await context.db.client.findUnique({ where: { id: client } })))
    return refuse('form-invalid', 'Choose a client from the list.', 'client');
  if (await isOwnAddress(address, context.db))
    return refuse('form-invalid', 'This is the address of one of our own vaults.', 'address');
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
  const { evidence, text, expiresAt } = certify(form.data, trust.policy, context.clock());
  const id = `d-${randomBytes(8).toString('hex')}`;
  const intent = destinationListingIntent.parse({
    ...intentBase({ operation, kind: 'destination-listing', policy: trust.policy }, context),
    destination: {
      id,
      client,
      chain,
      asset,
      address,
      class: form.data.class,
      evidence,
      expiresAt,
    },
  });
  // The label is free text, so it goes into a row that can be erased and not into the intent.
  const note = { text: label, salt: randomBytes(32).toString('base64url') };
  const draft = { intent, note, evidence: text, attempt: 1 };
  const prepared = await prepareRaise(actor, draft, trust, context);
  if (!prepared.ok) return prepared;
  const unusual = await findUnusualListing(intent, context);
  return ok({ ...prepared.value, intent, unusual });
}
