import { z } from 'zod';
import { commit } from '#lib/audit/salted-commitment.ts';
import { assets } from '#lib/chains/assets.ts';
import { chainFacts } from '#lib/chains/registry.ts';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { refuseNames } from '#lib/persons/texts/names-nobody.ts';
import { about, formInvalid } from '#lib/platform/refused-field.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { amountSentence, parseAmount } from '#lib/protocol/amount.ts';
import { textRules } from '#lib/protocol/free-text.ts';
import { lifetimeOf } from '#lib/protocol/lifetimes.ts';
import type { Policy } from '#lib/protocol/policy.ts';
import { clientId, operationId, slug, vaultTier } from '#lib/protocol/scalars.ts';
import { textField } from '#lib/protocol/text-field.ts';
import { withdrawalIntent, type WithdrawalIntent } from '#lib/protocol/intent.ts';
import { findAssetHold } from './asset-hold.ts';
import { findBreakStop, findMissing, type Missing } from './break-stop.ts';
import { findShortage } from './check-funds.ts';
import { checkRecipient, tooLittleFor } from './check-recipient.ts';
import { findRaised } from './find-raised.ts';
import { findUnusualWithdrawal } from './find-unusual.ts';
import type { StatementRequest } from './issue-statement.ts';
import { askFresh } from './ask-fresh.ts';
import { findEurValue, type EurValue } from './facts/eur-value.ts';
import type { Allowed } from './ask-policy.ts';
import { beforeGenesis, issueRaise } from './prepare-raise.ts';
import { lacksRaiseScope } from './raise-scope.ts';
import { loadTrust } from './trust.ts';
import type { Unusual } from './unusual.ts';

export const withdrawalForm = z.strictObject({
  /** Made by the browser, so that a form sent twice raises one withdrawal. */
  operation: operationId,
  client: clientId,
  vault: slug,
  destination: slug,
  asset: z.string().max(12),
  /** As typed. */
  amount: z.string().max(200),
  memo: textField(textRules.memo),
  reason: textField(textRules.reason),
});
export type WithdrawalForm = z.infer<typeof withdrawalForm>;

export type PreparedRaise =
  | { outcome: 'already-raised'; operation: string }
  | {
      outcome: 'sign';
      request: StatementRequest;
      intent: WithdrawalIntent;
      allowed: Allowed;
      unusual: Unusual;
      /** Null where no source has said a price lately. */
      eurValue: EurValue | null;
      /** What is missing of the asset; null for nothing. */
      missing: Missing | null;
    };

/** What is wrong with the form, as one sentence, and the field that it is about. */
const invalid = (sentence: string, field?: keyof WithdrawalForm) =>
  refuse('form-invalid', sentence, field);

/**
 * Checks a withdrawal form, builds its intent and gives out the raise statement to sign. Nothing
 * is stored but the challenge; the money is held when the statement comes back.
 */
export async function prepareWithdrawal(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<PreparedRaise>> {
  const refused = lacksRaiseScope(actor, 'withdrawal');
  if (refused) return refused;
  const parsed = withdrawalForm.safeParse(input);
  if (!parsed.success) return formInvalid(parsed.error);
  const form = parsed.data;
  const named = await refuseNames(
    context.db,
    form.memo,
    'A memo is written on the chain, for everybody and for good.',
  );
  if (named) return about('memo', named);
  const trust = await loadTrust(context.db);
  if (!trust) return beforeGenesis();
  const built = await buildIntent(form, trust.policy, context);
  if (!built.ok) return built;
  const { intent, note } = built.value;
  const earlier = await findRaised(context.db, intent);
  if (!earlier.ok) return earlier;
  if (earlier.value) return ok({ outcome: 'already-raised', operation: intent.operation });
  const held = await findAssetHold(intent, context.db);
  if (held) return held;
  const recipient = await checkRecipient(intent, context);
  const tooLittle = tooLittleFor(recipient, 'address');
  if (tooLittle) return tooLittle;
  // What the rules never allow is said before what merely is not there now.
  const allowed = await askFresh(intent, { trust, raiser: actor.personId }, context);
  if (!allowed.ok) return allowed;
  const stop = await findBreakStop(intent, allowed.value, context.db);
  if (stop) return stop;
  const shortage = await findShortage(intent, context);
  if (shortage) return shortage;
  const draft = { intent, note, attempt: 1, allowed: allowed.value };
  const request = await issueRaise(actor, draft, trust, context);
  if (!request.ok) return request;
  const at = { raisedAt: context.clock(), recipient };
  const [unusual, eurValue, missing] = await Promise.all([
    findUnusualWithdrawal(intent, at, context),
    findEurValue(intent, { policy: trust.policy, at: at.raisedAt }, context.db),
    findMissing(intent.asset, { ...allowed.value, policy: trust.policy }, context.db),
  ]);
  return ok({ outcome: 'sign', intent, unusual, eurValue, missing, ...request.value });
}

async function buildIntent(form: WithdrawalForm, policy: Policy, context: Context) {
  const [vault, destination, client] = await Promise.all([
    context.db.vault.findUnique({ where: { id: form.vault } }),
    context.db.destination.findUnique({ where: { id: form.destination } }),
    context.db.client.findUnique({ where: { id: form.client } }),
  ]);
  if (!client) return invalid('Choose a client from the list.', 'client');
  if (!vault) return invalid('Choose a vault from the list.', 'vault');
  if (destination?.clientId === client.id && destination.state === 'removed')
    return invalid(
      'This address was removed from the list, and no party pays it any more. Choose another.',
    );
  if (destination?.clientId !== client.id || destination.state !== 'listed')
    return invalid('Choose one of this client’s listed destinations.', 'destination');
  const asset = assets.find(
    (entry) => entry.code === form.asset && entry.chains.includes(vault.chain),
  );
  if (!asset || destination.asset !== asset.code || destination.chain !== vault.chain)
    return invalid('Asset, vault and destination must be on the same chain.', 'vault');
  const amount = parseAmount(form.amount, asset.decimals);
  if (!amount.ok)
    return invalid(amountSentence(amount.fault, asset.code, asset.decimals), 'amount');
  if (form.memo !== '' && !chainFacts(vault.chain).takesMemo)
    return invalid('This network has no memos. Leave it empty.', 'memo');
  const lifetime = lifetimeOf(policy, { kind: 'withdrawal', tier: vaultTier.parse(vault.tier) });
  const reason = commit(form.reason);
  const intent = withdrawalIntent.parse({
    type: 'countersign/intent/v1',
    organisation: context.settings.organisation,
    environment: context.settings.mode,
    operation: form.operation,
    notAfter: new Date(context.clock().getTime() + lifetime * 1000).toISOString(),
    kind: 'withdrawal',
    client: client.id,
    vault: vault.id,
    chain: vault.chain,
    asset: asset.code,
    amount: amount.value.toString(),
    destination: { id: destination.id, address: destination.address },
    highestFee: chainFacts(vault.chain).highestFee.toString(),
    feeBearer: chainFacts(vault.chain).feePaidBy === 'custodian' ? 'custodian' : client.id,
    memo: form.memo === '' ? null : form.memo,
    reasonCommitment: reason.commitment,
    travelRule: null,
  });
  return ok({
    intent,
    note: { text: form.reason, salt: reason.salt },
  });
}
