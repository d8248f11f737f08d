import { describe, expect, it } from 'vitest';
import type { PolicyRule } from '#lib/protocol/policy.ts';
import { frozenSentence } from './frozen-words.ts';

const release: PolicyRule = {
  id: 'releases',
  name: 'Releases',
  when: { kinds: ['release'] },
  outcome: {
    effect: 'allow',
    needs: [
      { group: 'control', decision: 'approve', people: 2 },
      { group: 'custody', decision: 'cosign', people: 1 },
    ],
  },
};
const freeze = { number: 'FZ-2026-000001' };

describe('a refusal for a freeze', () => {
  it.each(['vault-frozen', 'asset-frozen', 'everything-frozen'] as const)(
    'says for %s which freeze it is, where its release is raised, and whom policy asks for it',
    (refusal) => {
      const sentence = frozenSentence(refusal, freeze, { rules: [release] });
      expect(sentence).toContain('a custody officer raises that on the page Freeze');
      expect(sentence).toMatch(
        / It is FZ-2026-000001\. Policy asks for two approvers of Control and one co-signer of Custody, beside who raises it\.$/,
      );
    },
  );

  it('names nobody where no rule lets anything be released', () => {
    expect(frozenSentence('vault-frozen', freeze, { rules: [] })).toMatch(/FZ-2026-000001\.$/);
    expect(frozenSentence('vault-frozen', freeze, null)).toMatch(/FZ-2026-000001\.$/);
  });
});
