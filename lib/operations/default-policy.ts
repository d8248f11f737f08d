/** The policy a new installation starts with; from then on it changes only under its own rules. */
import type { FactSource, Policy, PolicyRule, Requirement } from '#lib/protocol/policy.ts';
import { assetBounds } from './default-bounds.ts';
import { withdrawalRulesWithSources } from './default-rules.ts';

const hours = 3600;
const days = 24 * hours;

const approvers = (people: number): Requirement => ({
  group: 'control',
  decision: 'approve',
  people,
});
const coSigners = (people: number): Requirement => ({
  group: 'custody',
  decision: 'cosign',
  people,
});
const recoverer: Requirement = { group: 'recovery', decision: 'cosign', people: 1 };

/** Where no source says what anything is worth or whom an address belongs to. */
const withdrawalRules = (environment: 'sandbox' | 'production'): PolicyRule[] =>
  assetBounds.map(({ asset, suffix, large, largeText }) => ({
    id: `withdrawal-large${suffix}`,
    name: `Withdrawals above ${largeText}: two approvers${environment === 'production' ? ', a second channel and a wait' : ''}`,
    when: { kinds: ['withdrawal'], assets: [asset], amountAbove: large },
    outcome: {
      effect: 'allow',
      needs: [approvers(2), coSigners(1)],
      ...(environment === 'production' ? { secondChannel: true, delaySeconds: hours } : {}),
    },
  }));

/** What leaves a cold vault, or is large, is looked at as a large withdrawal is, though it stays inside. */
const transferRules = (environment: 'sandbox' | 'production'): PolicyRule[] => {
  const isReal = environment === 'production';
  const waits = isReal ? ', a second channel and a wait' : '';
  const outcome: PolicyRule['outcome'] = {
    effect: 'allow',
    needs: [approvers(2), coSigners(1)],
    ...(isReal ? { secondChannel: true, delaySeconds: hours } : {}),
  };
  return [
    {
      id: 'vault-transfer-cold',
      name: `Transfers out of cold vaults: two approvers${waits}`,
      when: { kinds: ['vault-transfer'], tiers: ['cold'] },
      outcome,
    },
    ...assetBounds.map(({ asset, suffix, large, largeText }) => ({
      id: `vault-transfer-large${suffix}`,
      name: `Transfers between vaults above ${largeText}: two approvers${waits}`,
      when: { kinds: ['vault-transfer' as const], assets: [asset], amountAbove: large },
      outcome,
    })),
  ];
};

const usualRules = (environment: 'sandbox' | 'production'): PolicyRule[] => [
  {
    id: 'withdrawal',
    name: 'Withdrawals: one approver, one co-signer',
    when: { kinds: ['withdrawal'] },
    outcome: { effect: 'allow', needs: [approvers(1), coSigners(1)] },
  },
  {
    id: 'proof-of-control',
    name: 'Proofs of control: one approver, one co-signer',
    when: { kinds: ['proof-of-control'] },
    outcome: { effect: 'allow', needs: [approvers(1), coSigners(1)] },
  },
  ...transferRules(environment),
  {
    id: 'vault-transfer',
    name: 'Other transfers between vaults: one approver, one co-signer',
    when: { kinds: ['vault-transfer'] },
    outcome: { effect: 'allow', needs: [approvers(1), coSigners(1)] },
  },
  {
    id: 'keys',
    name: 'Keys: one person of each group that holds, or will hold, a share',
    when: { kinds: ['key-ceremony', 'key-refresh', 'key-repair', 'key-backup'] },
    outcome: { effect: 'allow', needs: [approvers(1), coSigners(1), recoverer] },
  },
  {
    id: 'trust',
    name: 'People, rules and destinations: one approver, one co-signer',
    when: { kinds: ['roster-change', 'policy-change', 'destination-listing'] },
    outcome: { effect: 'allow', needs: [approvers(1), coSigners(1)] },
  },
  {
    id: 'release',
    name: 'Release of a freeze: two approvers and two co-signers, more than any withdrawal',
    when: { kinds: ['release'] },
    outcome: { effect: 'allow', needs: [approvers(2), coSigners(2)] },
  },
];

/**
 * Waits of a new installation, in seconds. The sandbox's are short enough to be seen to end, and
 * its pages say so.
 */
const waits = {
  sandbox: { timeLock: 5, coolDown: 5 },
  production: { timeLock: 2 * days, coolDown: days },
} as const;

/**
 * @param sources whose word the policy takes; with them it looks at values in euro, risk and standing.
 */
export function defaultPolicy(
  organisation: string,
  environment: 'sandbox' | 'production',
  sources: readonly FactSource[] = [],
): Policy {
  const hasSources = sources.length > 0;
  // Bounds that the parties keep by their own books, without a word of anybody else.
  const isBounded = hasSources || environment === 'production';
  const { timeLock, coolDown } = waits[environment];
  return {
    type: 'countersign/policy/v1',
    organisation,
    environment,
    version: 1,
    previous: null,
    lifetimes: {
      withdrawal: 4 * hours,
      'key-ceremony': 3 * days,
      'key-refresh': 3 * days,
      'key-repair': 3 * days,
      'key-backup': 3 * days,
      'roster-change': 7 * days,
      'policy-change': 7 * days,
      'destination-listing': 7 * days,
      'destination-removal': 7 * days,
      freeze: 7 * days,
      release: days,
      revocation: 7 * days,
    },
    // People have to get to the cold party, and its session waits three days for them at most.
    coldWithdrawalSeconds: 2 * days,
    // So much at most in one withdrawal, whatever the rules below say; of what has no cap nothing leaves.
    caps: assetBounds.map(({ asset, perOperation, perDay }) => ({
      asset,
      perOperation,
      ...(isBounded ? { perDay } : {}),
    })),
    // No outside audit of the signing code is on record yet, so only so much leaves under one key in a
    // day. The bound ends with a policy version that names the audit.
    keyCaps: assetBounds.map(({ asset, keyPerDay }) => ({ asset, perDay: keyPerDay })),
    ...(hasSources ? { sources: [...sources] } : {}),
    timeLockSeconds: timeLock,
    book: {
      coolDownSeconds: coolDown,
      validitySeconds: 365 * days,
      // The first payment to an address shows whether it arrives.
      ...(isBounded
        ? {
            firstUseCaps: assetBounds.map(({ asset, firstPayment }) => ({
              asset,
              amount: firstPayment,
            })),
          }
        : {}),
    },
    rules: [
      ...(hasSources ? withdrawalRulesWithSources(sources) : withdrawalRules(environment)),
      ...usualRules(environment),
    ],
  };
}
