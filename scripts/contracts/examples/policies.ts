import { digestOf } from '#lib/protocol/intent.ts';
import { timedKind } from '#lib/protocol/intent-kinds.ts';
import type { Policy, PolicyRule } from '#lib/protocol/policy.ts';
import { policy } from '#lib/protocol/testing/sample.ts';
import type { Examples } from './example.ts';

/** Needs two approvers and the recovery group. */
export const large: PolicyRule = {
  id: 'large-withdrawal',
  name: 'Large withdrawals need two approvals and the recovery group',
  when: { kinds: ['withdrawal'], assets: ['SOL'], amountAbove: '100000000000' },
  outcome: {
    effect: 'allow',
    needs: [
      { group: 'control', decision: 'approve', people: 2 },
      { group: 'custody', decision: 'cosign', people: 1 },
      { group: 'recovery', decision: 'cosign', people: 1 },
    ],
  },
};
/** Denies. */
export const closed: PolicyRule = {
  id: 'cold-closed',
  name: 'Nothing leaves a cold vault',
  when: { kinds: ['withdrawal'], tiers: ['cold'] },
  outcome: { effect: 'deny', reason: 'Cold vaults are closed for withdrawals.' },
};
const next = { version: 2, previous: digestOf(policy) } as const;

export const policies: Examples<Policy> = {
  '1-genesis': policy,
  '2-large-amounts': { ...policy, ...next, rules: [large, ...policy.rules] },
  '3-closed-tier': { ...policy, ...next, rules: [closed, ...policy.rules] },
  '4-two-assets': {
    ...policy,
    ...next,
    caps: [...policy.caps, { asset: 'USDC', perOperation: '250000000000' }],
  },
  '5-short-lifetimes': {
    ...policy,
    ...next,
    lifetimes: Object.fromEntries(
      timedKind.options.map((kind) => [kind, kind === 'withdrawal' ? 300 : 900]),
    ) as Policy['lifetimes'],
  },
};
