import { z } from 'zod';
import { commit } from '#lib/audit/salted-commitment.ts';
import { addressOfOwner } from '#lib/chains/account-context.ts';
import { assets } from '#lib/chains/assets.ts';
import type { ChainFacts } from '#lib/chains/chain-facts.ts';
import { chainFacts } from '#lib/chains/registry.ts';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { about, formInvalid } from '#lib/platform/refused-field.ts';
import { ok, refuse, type Refused, type Result } from '#lib/platform/result.ts';
import { amountSentence, parseAmount } from '#lib/protocol/amount.ts';
import { textRules } from '#lib/protocol/free-text.ts';
import { lifetimeOf } from '#lib/protocol/lifetimes.ts';
import type { Policy } from '#lib/protocol/policy.ts';
import { clientId, operationId, slug, vaultTier } from '#lib/protocol/scalars.ts';
import { textField } from '#lib/protocol/text-field.ts';
import {
  vaultTransferIntent,
  type VaultTransferIntent,
} from '#lib/protocol/vault-transfer-intent.ts';
import { askFresh } from '../ask-fresh.ts';
import type { Allowed } from '../ask-policy.ts';
import { findAssetHold } from '../asset-hold.ts';
import { findShortage } from '../check-funds.ts';
import { checkRecipient, tooLittleFor } from '../check-recipient.ts';
import { vaultKeyOf } from '../execution/chains/source-account.ts';
import { findEurValue, type EurValue } from '../facts/eur-value.ts';
import { findRaised } from '../find-raised.ts';
import type { StatementRequest } from '../issue-statement.ts';
import { beforeGenesis, issueRaise } from '../prepare-raise.ts';
import { lacksRaiseScope } from '../raise-scope.ts';
import { loadTrust } from '../trust.ts';
import { findUnnamed } from './find-unnamed.ts';

export const transferForm = z.strictObject({
  /** Made by the browser, so that a form sent twice raises one transfer. */
  operation: operationId,
  from: slug,
  to: slug,
  asset: z.string().max(12),
  /** As typed. */
  amount: z.string().max(200),
  /** A client's number, or `custodian`; empty or absent where vaults have one address for all. */
  owner: z.string().max(20).optional(),
  reason: textField(textRules.reason),
});

export type PreparedTransfer =
  | { outcome: 'already-raised'; operation: string }
  | {
      outcome: 'sign';
      request: StatementRequest;
      intent: VaultTransferIntent;
      allowed: Allowed;
      /** Null where no source has said a price lately. */
      eurValue: EurValue | null;
    };

type TransferForm = z.infer<typeof transferForm>;

/** What is wrong with the form, as one sentence, and the field that it is about. */
const invalid = (sentence: string, field: keyof TransferForm) =>
  refuse('form-invalid', sentence, field);

/** The vault that coins leave has another name here than in a withdrawal. */
const inThisForm = (refused: Refused): Refused =>
  refused.refusal.field === 'vault' ? about('from', refused) : refused;

/**
 * Checks a transfer form, builds its intent and gives out the raise statement to sign. A transfer
 * holds nothing but a fee that a client bears: what clients are owed otherwise stays the same. An open break does not stop it either, because
 * nothing leaves the organisation.
 */
export async function prepareVaultTransfer(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<PreparedTransfer>> {
  const refused = lacksRaiseScope(actor, 'vault-transfer');
  if (refused) return refused;
  const parsed = transferForm.safeParse(input);
  if (!parsed.success) return formInvalid(parsed.error);
  const trust = await loadTrust(context.db);
  if (!trust) return beforeGenesis();
  const built = await buildIntent(parsed.data, trust.policy, context);
  if (!built.ok) return built;
  const { intent, note } = built.value;
  const earlier = await findRaised(context.db, intent);
  if (!earlier.ok) return earlier;
  if (earlier.value) return ok({ outcome: 'already-raised', operation: intent.operation });
  const held = await findAssetHold(intent, context.db);
  if (held) return held;
  const recipient = await checkRecipient(intent, context);
  const tooLittle = tooLittleFor(recipient, 'vault');
  if (tooLittle) return tooLittle;
  const allowed = await askFresh(intent, { trust, raiser: actor.personId }, context);
  if (!allowed.ok) return allowed;
  const unnamed = await findUnnamed(intent, trust.policy, context.db);
  if (unnamed) return about('to', unnamed);
  const shortage = await findShortage(intent, context);
  if (shortage) return inThisForm(shortage);
  const draft = { intent, note, attempt: 1, allowed: allowed.value };
  const request = await issueRaise(actor, draft, trust, context);
  if (!request.ok) return request;
  const at = context.clock();
  const eurValue = await findEurValue(intent, { policy: trust.policy, at }, context.db);
  return ok({ outcome: 'sign', intent, eurValue, ...request.value });
}

async function buildIntent(form: TransferForm, policy: Policy, { db, settings, clock }: Context) {
  if (form.from === form.to) return invalid('Choose two different vaults.', 'to');
  const [from, to] = await Promise.all([
    db.vault.findUnique({ where: { id: form.from } }),
    db.vault.findUnique({ where: { id: form.to }, include: { key: true } }),
  ]);
  if (!from) return invalid('Choose the vault it leaves from the list.', 'from');
  if (!to) return invalid('Choose the vault that gets it from the list.', 'to');
  const asset = assets.find(
    (entry) => entry.code === form.asset && entry.chains.includes(from.chain),
  );
  if (!asset || from.chain !== to.chain)
    return invalid('Asset and both vaults must be on the same chain.', 'to');
  const amount = parseAmount(form.amount, asset.decimals);
  if (!amount.ok)
    return invalid(amountSentence(amount.fault, asset.code, asset.decimals), 'amount');
  const facts = chainFacts(from.chain);
  const owner = ownerIn(form.owner ?? '', facts);
  if (!owner.ok) return owner;
  const lifetime = lifetimeOf(policy, {
    kind: 'vault-transfer',
    tier: vaultTier.parse(from.tier),
  });
  const reason = commit(form.reason);
  const intent = vaultTransferIntent.parse({
    type: 'countersign/intent/v1',
    organisation: settings.organisation,
    environment: settings.mode,
    operation: form.operation,
    notAfter: new Date(clock().getTime() + lifetime * 1000).toISOString(),
    kind: 'vault-transfer',
    vault: from.id,
    chain: from.chain,
    asset: asset.code,
    amount: amount.value.toString(),
    destination: {
      vault: to.id,
      // To the same owner's account there.
      address: owner.value === undefined ? to.address : addressOfOwner(vaultKeyOf(to), owner.value),
    },
    highestFee: facts.highestFee.toString(),
    feeBearer: owner.value ?? 'custodian',
    ...(owner.value === undefined ? {} : { owner: owner.value }),
    reasonCommitment: reason.commitment,
  });
  return ok({ intent, note: { text: form.reason, salt: reason.salt } });
}

/** Whose account moves: undefined where a vault has one address for all. */
function ownerIn(typed: string, { accounts }: ChainFacts) {
  if (accounts === 'pooled')
    return typed === ''
      ? ok(undefined)
      : invalid('These vaults have one address for all. Leave the owner out.', 'owner');
  if (typed === 'custodian') return ok(null);
  const client = clientId.safeParse(typed);
  return client.success
    ? ok(client.data)
    : invalid(
        'In these vaults every client has an account of their own. Name the client whose assets move, or the custodian.',
        'owner',
      );
}
