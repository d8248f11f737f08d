import type { FactSource, Policy } from '#lib/protocol/policy.ts';

const approve = { group: 'control', decision: 'approve', people: 1 } as const;
const cosign = { group: 'custody', decision: 'cosign', people: 1 } as const;

/** A policy with everything in it that an attacker could try to get around. */
export function attackedRules(source: FactSource): Partial<Policy> {
  return {
    sources: [source],
    timeLockSeconds: 600,
    book: { coolDownSeconds: 60 },
    caps: [{ asset: 'SOL', perOperation: '500000000000', perDay: '500000000000' }],
    rules: [
      {
        id: 'large',
        name: 'Above 10,000 EUR: with the code of the party',
        when: { kinds: ['withdrawal'], eurCentsAbove: '1000000' },
        outcome: { effect: 'allow', needs: [approve, cosign], secondChannel: true },
      },
      {
        id: 'usual',
        name: 'Four eyes',
        when: { kinds: ['withdrawal', 'roster-change', 'policy-change', 'destination-listing'] },
        outcome: { effect: 'allow', needs: [approve, cosign] },
      },
      {
        id: 'keys',
        name: 'One of each group',
        when: { kinds: ['key-ceremony', 'key-refresh', 'key-repair', 'key-backup'] },
        outcome: {
          effect: 'allow',
          needs: [approve, cosign, { group: 'recovery', decision: 'cosign', people: 1 }],
        },
      },
      {
        id: 'release',
        name: 'One more than for a withdrawal',
        when: { kinds: ['release'] },
        outcome: { effect: 'allow', needs: [{ ...approve, people: 2 }, cosign] },
      },
    ],
  };
}
