/** The policy a new installation starts with; from then on it changes only under its own rules. */
import type { Policy } from '#lib/protocol/policy.ts';

const hours = 3600;
const days = 24 * hours;

export function defaultPolicy(organisation: string, environment: 'sandbox' | 'production'): Policy {
  return {
    type: 'countersign/policy/v1',
    organisation,
    environment,
    version: 1,
    previous: null,
    lifetimes: {
      withdrawal: 4 * hours,
      'key-ceremony': 3 * days,
      'roster-change': 7 * days,
      'destination-listing': 7 * days,
    },
    // 5,000 SOL at most in one withdrawal, whatever the rules below say.
    caps: [{ asset: 'SOL', perOperation: '5000000000000' }],
    rules: [
      {
        id: 'withdrawal-large',
        name: 'Withdrawals above 1,000 SOL: two approvers',
        when: { kinds: ['withdrawal'], assets: ['SOL'], amountAbove: '1000000000000' },
        outcome: {
          effect: 'allow',
          needs: [
            { group: 'control', decision: 'approve', people: 2 },
            { group: 'custody', decision: 'cosign', people: 1 },
          ],
        },
      },
      {
        id: 'withdrawal',
        name: 'Withdrawals: one approver, one co-signer',
        when: { kinds: ['withdrawal'] },
        outcome: {
          effect: 'allow',
          needs: [
            { group: 'control', decision: 'approve', people: 1 },
            { group: 'custody', decision: 'cosign', people: 1 },
          ],
        },
      },
      {
        id: 'key-ceremony',
        name: 'Key ceremonies: one person of each group that will hold a share',
        when: { kinds: ['key-ceremony'] },
        outcome: {
          effect: 'allow',
          needs: [
            { group: 'control', decision: 'approve', people: 1 },
            { group: 'custody', decision: 'cosign', people: 1 },
            { group: 'recovery', decision: 'cosign', people: 1 },
          ],
        },
      },
      {
        id: 'trust',
        name: 'Roster changes and destinations: one approver, one co-signer',
        when: { kinds: ['roster-change', 'destination-listing'] },
        outcome: {
          effect: 'allow',
          needs: [
            { group: 'control', decision: 'approve', people: 1 },
            { group: 'custody', decision: 'cosign', people: 1 },
          ],
        },
      },
    ],
  };
}
