import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { decideInput, type DecideInput } from './decide-input.ts';
import { digestOf } from './intent.ts';
import type { Policy } from './policy.ts';
import { factBytes, type Fact, type SignedFact } from './signed-facts.ts';
import { refusalOf } from './testing/changed-input.ts';
import { at, inputFor, NOW, policy, roster, say, withdrawal } from './testing/sample.ts';

const pair = generateKeyPairSync('ed25519');
const publicKey = Buffer.from(String(pair.publicKey.export({ format: 'jwk' }).x), 'base64url');

const MAX_AGE = 120;
const priced: Policy = {
  ...policy,
  sources: [
    { name: 'prices', fact: 'price', publicKey: publicKey.toString('hex'), maxAgeSeconds: MAX_AGE },
  ],
  rules: policy.rules.map((rule) =>
    rule.when.kinds.includes('withdrawal')
      ? { ...rule, when: { ...rule.when, eurCentsAbove: '1' } }
      : rule,
  ),
};

function price(observedAt: string, key: KeyObject = pair.privateKey): SignedFact {
  const fact: Fact = {
    type: 'countersign/fact/v1',
    organisation: 'sample-custody',
    environment: 'sandbox',
    source: 'prices',
    observedAt,
    fact: 'price',
    asset: 'SOL',
    decimals: 9,
    microEur: '150000000',
  };
  return { fact, signature: sign(null, factBytes(fact), key).toString('hex') };
}

const cold: DecideInput['roster'] = {
  ...roster,
  parties: roster.parties.map((entry) =>
    entry.name === 'control' ? { ...entry, cold: true } : entry,
  ),
};

const withPrice = (observedAt: string, changes: Partial<DecideInput> = {}): DecideInput =>
  inputFor(withdrawal, { policy: priced, roster: cold, facts: [price(observedAt)], ...changes });

describe('facts that travelled to a cold party', () => {
  test('count by the instant at which the party that sent the request had decided', () => {
    const input = withPrice(at(-600), { factsAt: at(-500) });
    expect(decideInput.safeParse(input).error).toBeUndefined();
    expect(refusalOf(input)).toBeNull();
    const { factsAt: _, ...without } = input;
    expect(refusalOf(without)).toBe('fact-missing');
  });

  test('are too old where they were so at that instant already', () => {
    expect(refusalOf(withPrice(at(-600), { factsAt: at(-600 + MAX_AGE) }))).toBeNull();
    expect(refusalOf(withPrice(at(-600), { factsAt: at(-599 + MAX_AGE) }))).toBe('fact-missing');
  });

  test('count by the own clock once the decision lies back longer than statements live', () => {
    const { withdrawal: lifetime } = policy.lifetimes;
    const old = (seconds: number) => withPrice(at(-seconds), { factsAt: at(-seconds), now: NOW });
    expect(refusalOf(old(lifetime))).toBeNull();
    expect(refusalOf(old(lifetime + 1))).toBe('fact-missing');
  });

  test('gain nothing from an instant that lies ahead', () => {
    expect(refusalOf(withPrice(at(3000), { factsAt: at(3000) }))).toBe('fact-from-the-future');
  });

  test('count by the own clock at a party with a network, whatever instant is given', () => {
    expect(refusalOf(withPrice(at(-600), { roster, factsAt: at(-500) }))).toBe('fact-missing');
  });
});

test('where policy asks for a second channel, a cold party has its own: the key press at its page', () => {
  const rules = policy.rules.map((rule) =>
    rule.outcome.effect === 'allow'
      ? { ...rule, outcome: { ...rule.outcome, secondChannel: true as const } }
      : rule,
  );
  const second = { ...policy, rules };
  expect(refusalOf(inputFor(withdrawal, { policy: second }))).toBe('channel-code-missing');
  expect(refusalOf(inputFor(withdrawal, { policy: second, roster: cold }))).toBeNull();
});

describe('statements about a withdrawal from a cold vault', () => {
  const patient: Policy = { ...policy, coldWithdrawalSeconds: 3000 };
  const late = at(2000);
  const lasting = { issuedAt: NOW, expiresAt: at(3600) };
  const statements = [
    say('raisa', 'raise', withdrawal, lasting),
    say('adam', 'approve', withdrawal, lasting),
    say('cora', 'cosign', withdrawal, lasting),
  ];
  const leaving = (tier: 'warm' | 'cold', changes: Partial<DecideInput> = {}): DecideInput => {
    const input = inputFor(withdrawal, { policy: patient, statements, now: late, ...changes });
    const vaults = input.party.vaults.map((vault) => ({ ...vault, tier }));
    return { ...input, party: { ...input.party, vaults } };
  };

  test('count as long as the policy lets people travel', () => {
    expect(refusalOf(leaving('cold'))).toBeNull();
    expect(refusalOf(leaving('cold', { now: at(2999) }))).toBeNull();
    expect(refusalOf(leaving('cold', { now: at(3000) }))).toBe('statement-expired');
  });

  test('count no longer than others at a party that holds the vault as another tier or not at all', () => {
    expect(refusalOf(leaving('warm'))).toBe('statement-expired');
    const input = leaving('cold');
    expect(refusalOf({ ...input, party: { ...input.party, vaults: [] } })).toBe(
      'statement-expired',
    );
  });

  test('count no longer than others where the policy says nothing of cold vaults', () => {
    expect(refusalOf(leaving('cold', { policy }))).toBe('statement-expired');
  });

  test('count for the shorter time where the policy changed meanwhile', () => {
    const now: Policy = { ...patient, version: 2, previous: digestOf(policy) };
    expect(refusalOf(leaving('cold', { policy: now, policyAtRaise: policy }))).toBe(
      'statement-expired',
    );
  });
});
