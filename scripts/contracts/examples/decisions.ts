import type { DecideInput } from '#lib/protocol/decide-input.ts';
import type { Intent } from '#lib/protocol/intent.ts';
import type { Policy } from '#lib/protocol/policy.ts';
import type { PartyRefusal } from '#lib/protocol/refusals.ts';
import { freeze, proofOfControl } from '#lib/protocol/testing/every-kind.ts';
import {
  destinationListing,
  inputFor,
  OPERATION,
  policy,
  withdrawal,
  type Name,
} from '#lib/protocol/testing/sample.ts';
import { sayFixed } from '../sign.ts';
import type { Answered, Examples } from './example.ts';
import { closed } from './policies.ts';

/** A whole decision and the answer it must get. */
export type DecisionExample = Answered<
  DecideInput,
  { ok: true } | { ok: false; refusal: PartyRefusal }
>;

function decisionOn(
  intent: Intent,
  changes: Partial<DecideInput> = {},
  third: Name = 'cora',
): DecideInput {
  const statements = [
    sayFixed('raisa', 'raise', intent),
    sayFixed('adam', 'approve', intent),
    sayFixed(third, 'cosign', intent),
  ];
  return inputFor(intent, { statements, ...changes });
}

/** The sample withdrawal, where the party holds something else. */
const heldBy = (changes: Partial<DecideInput['party']>): DecideInput =>
  decisionOn(withdrawal, { party: { ...inputFor(withdrawal).party, ...changes } });

const refused = (refusal: PartyRefusal) => ({ ok: false, refusal }) as const;

/** The same rules, with something more in the one about withdrawals. */
function rulesWith(changes: Partial<Extract<Outcome, { effect: 'allow' }>>): Policy {
  const [first, ...others] = policy.rules;
  if (first?.outcome.effect !== 'allow') throw new Error('The sample policy begins otherwise.');
  return { ...policy, rules: [{ ...first, outcome: { ...first.outcome, ...changes } }, ...others] };
}
type Outcome = Policy['rules'][number]['outcome'];

export const decisions: Examples<DecisionExample> = {
  '01-withdrawal-accepted': { input: decisionOn(withdrawal), expected: { ok: true } },
  '02-listing-accepted': { input: decisionOn(destinationListing), expected: { ok: true } },
  '03-amount-changed-since': {
    input: decisionOn(withdrawal, { intent: { ...withdrawal, amount: '1250000001' } }),
    expected: refused('digest-mismatch'),
  },
  '04-raiser-co-signs': {
    input: decisionOn(withdrawal, {}, 'raisa'),
    expected: refused('raiser-in-quorum'),
  },
  '05-second-transaction': {
    input: decisionOn(withdrawal, {
      // The same nonce, but an earlier transaction that another account paid the fee of.
      ties: [
        'solana:nonce:3n1mBQtrMJVYVfKf2PJy9NZUZdTAsp7D4xWLs4gDB4T:D4xWLs4gDB4T3n1mBQtrMJVYVfKf2PJy9NZUZdTAsp7:4Nd1mBQtrMJVYVfKf2PJy9NZUZdTAsp7D4xWLs4gDB4T',
      ],
    }),
    expected: refused('transaction-does-not-conflict'),
  },
  '06-auditor-freezes': {
    input: inputFor(freeze, { statements: [sayFixed('otto', 'raise', freeze)] }),
    expected: refused('raiser-not-entitled'),
  },
  '07-vault-frozen': {
    input: heldBy({
      freezes: [{ operation: OPERATION, scope: { what: 'vault', vault: withdrawal.vault } }],
    }),
    expected: refused('vault-frozen'),
  },
  '08-rule-denies': {
    input: decisionOn(withdrawal, {
      policy: {
        ...policy,
        rules: [{ ...closed, when: { ...closed.when, tiers: ['warm'] } }, ...policy.rules],
      },
    }),
    expected: refused('policy-denies'),
  },
  '09-price-missing': {
    input: decisionOn(withdrawal, {
      policy: {
        ...policy,
        rules: [
          {
            ...closed,
            id: 'dear',
            name: 'Nothing worth more than a million euro',
            when: { kinds: ['withdrawal'], eurCentsAbove: '100000000' },
          },
          ...policy.rules,
        ],
      },
    }),
    expected: refused('fact-missing'),
  },
  '10-delay-running': {
    input: decisionOn(withdrawal, { policy: rulesWith({ delaySeconds: 600 }) }),
    expected: refused('delay-running'),
  },
  '11-code-not-typed': {
    input: decisionOn(withdrawal, { policy: rulesWith({ secondChannel: true }) }),
    expected: refused('channel-code-missing'),
  },
  '12-key-revoked-since': {
    input: heldBy({ revokedCredentials: [sayFixed('adam', 'approve', withdrawal).assertion.id] }),
    expected: refused('credential-revoked'),
  },
  '13-parties-differ': {
    input: heldBy({ peers: { word: 'heard', differing: ['custody'] } }),
    expected: refused('peer-heads-differ'),
  },
  '14-freeze-accepted': {
    input: inputFor(freeze, { statements: [sayFixed('anna', 'raise', freeze)] }),
    expected: { ok: true },
  },
  '15-proof-of-control-accepted': {
    input: decisionOn(proofOfControl),
    expected: { ok: true },
  },
  '16-proof-of-control-elsewhere': {
    input: decisionOn({ ...proofOfControl, address: withdrawal.destination.address }),
    expected: refused('control-address-differs'),
  },
};
