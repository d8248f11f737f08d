import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { refuseNames } from '#lib/persons/texts/names-nobody.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { textRules } from '#lib/protocol/free-text.ts';
import { keyCeremonyIntent, type KeyCeremonyIntent } from '#lib/protocol/key-intents.ts';
import { chainId, operationId, slug, vaultTier } from '#lib/protocol/scalars.ts';
import { isInteractive, keySuite } from '#lib/protocol/suites.ts';
import { textField } from '#lib/protocol/text-field.ts';
import { membersOfColdKey, splitMembers } from './cold/cold-members.ts';
import { beforeGenesis, prepareRaise, type PreparedStatement } from './prepare-raise.ts';
import { lacksRaiseScope } from './raise-scope.ts';
import { servedChains, suitesOn } from './served-chains.ts';
import { loadTrust } from './trust.ts';

export const keyCeremonyForm = z.strictObject({
  operation: operationId,
  vault: slug.max(40, 'Give the vault an id of at most 40 characters.'),
  name: textField(textRules.vaultName),
  tier: vaultTier,
  chain: chainId,
  /** Absent where the chain has one, or the usual one is meant. */
  suite: keySuite.optional(),
});

/** Shares that sign together. */
export const signTogether = 2;

/**
 * Gives out the raise statement for making a vault's threshold key: 2 of all parties with a network,
 * or for a cold vault 2 of one of them and the cold ones.
 */
export async function prepareKeyCeremony(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<PreparedStatement & { intent: KeyCeremonyIntent }>> {
  const refused = lacksRaiseScope(actor, 'key-ceremony');
  if (refused) return refused;
  const form = keyCeremonyForm.safeParse(input);
  if (!form.success)
    return refuse('form-invalid', form.error.issues[0]?.message ?? 'Check the form.');
  const { operation, vault, name, tier, chain } = form.data;
  const facts = servedChains(context.settings).find((entry) => entry.chain === chain);
  if (!facts) return refuse('form-invalid', 'Choose a network of the list.');
  const possible = suitesOn(facts);
  const suite = form.data.suite ?? possible[0];
  if (!suite || !possible.includes(suite))
    return refuse(
      'form-invalid',
      'Keys of this kind sign nothing on this network. Choose another.',
    );
  if (tier === 'cold' && isInteractive(suite))
    return refuse(
      'suite-not-cold',
      'This kind of key takes three rounds between parties that are on, which no document can carry to a cold one. Choose a kind that signs in two, or another tier.',
    );
  if (await context.db.vault.findUnique({ where: { id: vault } }))
    return refuse('form-invalid', 'There is a vault with this id already. Choose another.');
  const named = await refuseNames(
    context.db,
    name,
    'The name of a vault is shown in lists and stays with it.',
  );
  if (named) return named;
  const trust = await loadTrust(context.db);
  if (!trust) return beforeGenesis();
  const { roster } = trust;
  const { cold, online } = splitMembers(
    roster,
    roster.parties.map((party) => party.name),
  );
  const isByTrips = tier === 'cold' && cold.length > 0;
  if (isByTrips && cold.length < signTogether)
    return refuse(
      'too-few-cold-parties',
      `A cold vault needs ${signTogether} cold parties, and the roster has one.`,
    );
  const intent = keyCeremonyIntent.parse({
    type: 'countersign/intent/v1',
    organisation: context.settings.organisation,
    environment: context.settings.mode,
    operation,
    notAfter: new Date(
      context.clock().getTime() + trust.policy.lifetimes['key-ceremony'] * 1000,
    ).toISOString(),
    kind: 'key-ceremony',
    key: `key-${vault}`,
    suite,
    threshold: signTogether,
    parties: isByTrips ? membersOfColdKey(roster) : online,
    vault: { id: vault, tier, chain },
  });
  const note = { text: name, salt: randomBytes(32).toString('base64url') };
  const request = await prepareRaise(actor, { intent, note, attempt: 1 }, trust, context);
  return request.ok ? ok({ ...request.value, intent }) : request;
}
