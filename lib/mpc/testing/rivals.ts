/** Changes of policy that exclude each other, as people state them in the same moment. */
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import { intentDigest, type Intent } from '#lib/protocol/intent.ts';
import type { Policy } from '#lib/protocol/policy.ts';
import type { Party } from '../party/party.ts';
import { signReceipt, type AdoptionReceipt } from '../wire/receipt.ts';
import type { Organisation } from './organisation.ts';
import { looserPolicyIntent } from './stops.ts';

type PolicyChange = Extract<Intent, { kind: 'policy-change' }>;

const DAY = 86_400_000;
/** Statements of a time long enough for every test. */
export const inSixDays = (): string => new Date(Date.now() + 6 * DAY).toISOString();

/** One person's change that lets less leave at once. @param perOperation below that of `base`. */
export function tighterPolicy(
  organisation: Organisation,
  perOperation: string,
  base: Policy = organisation.policy,
): { intent: PolicyChange; statements: OperationBundle['statements'] } {
  const stated = looserPolicyIntent(base);
  const caps = [{ asset: 'SOL', perOperation }];
  const intent = { ...stated, notAfter: inSixDays(), policy: { ...stated.policy, caps } };
  const changes = { policyVersion: base.version, expiresAt: inSixDays() };
  return { intent, statements: [organisation.say('raisa', 'raise', intent, changes)] };
}

export const byRank = (one: OperationBundle, other: OperationBundle): number =>
  intentDigest(one.intent) < intentDigest(other.intent) ? -1 : 1;

/** So many next versions that only tighten, the one that goes first among them first. */
export const rivalPolicies = (organisation: Organisation, count: number) =>
  Array.from({ length: count }, (_, place) =>
    tighterPolicy(organisation, String(100 + place)),
  ).sort(byRank);

/** What a party in hostile hands can sign at any time about any change, whatever it holds. */
export function wordOf(
  { identity, config, trust }: Party,
  { intent }: OperationBundle,
  changes: Partial<AdoptionReceipt['receipt']> = {},
): AdoptionReceipt {
  if (!trust) throw new Error('It has pinned a genesis.');
  return signReceipt(identity, {
    type: 'countersign/adoption-receipt/v1',
    party: config.name,
    genesisDigest: trust.genesisDigest,
    kind: intent.kind as AdoptionReceipt['receipt']['kind'],
    operation: intent.operation,
    intentDigest: intentDigest(intent),
    adoptedAt: new Date(Date.now() - 1_000).toISOString(),
    ...changes,
  });
}
