import { generateKeyPairSync, sign } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { factBytes, type Fact, type SignedFact } from '#lib/protocol/signed-facts.ts';
import type { Policy } from '#lib/protocol/policy.ts';
import {
  bytesOf,
  coldWithdrawal,
  openColdCustody,
  openColdVault,
  rewritten,
  sendOut,
  signAt,
  type ColdCustody,
} from '../testing/cold-custody.ts';
import { bring } from './cold-desk.ts';

let custody: ColdCustody;
afterEach(() => custody.remove());

const pair = generateKeyPairSync('ed25519');
const publicKey = Buffer.from(
  String(pair.publicKey.export({ format: 'jwk' }).x),
  'base64url',
).toString('hex');

const MINUTE = 60_000;

/** Withdrawals above one cent are decided by a price of at most a minute. */
function rules(base: Policy): Partial<Policy> {
  return {
    sources: [{ name: 'prices', fact: 'price', publicKey, maxAgeSeconds: 60 }],
    rules: base.rules.flatMap((rule) =>
      rule.id === 'usual'
        ? [
            { ...rule, id: 'priced', when: { kinds: ['withdrawal' as const], eurCentsAbove: '1' } },
            { ...rule, when: { kinds: rule.when.kinds.filter((kind) => kind !== 'withdrawal') } },
          ]
        : [rule],
    ),
  };
}

function priceAt(ms: number): SignedFact {
  const fact: Fact = {
    type: 'countersign/fact/v1',
    organisation: 'sample-custody',
    environment: 'sandbox',
    source: 'prices',
    observedAt: new Date(Date.now() + ms).toISOString(),
    fact: 'price',
    asset: 'SOL',
    decimals: 9,
    microEur: '150000000',
  };
  return { fact, signature: sign(null, factBytes(fact), pair.privateKey).toString('hex') };
}

test('a price that was fresh when the party with a network decided counts at the cold party, and one that was not does not', async () => {
  const plain = openColdCustody();
  const usual = rules(plain.organisation.policy);
  plain.remove();
  custody = openColdCustody(usual);
  const vault = await openColdVault(custody);
  const intent = coldWithdrawal(vault);
  const bundle = { ...custody.organisation.bundle(intent), facts: [priceAt(0)] };
  const out = await sendOut(custody, vault, { intent, bundle });
  custody.clock.ahead += 30 * MINUTE;
  const older = rewritten(out.text, (document) => {
    (document['body'] as { bundle: { facts: unknown } }).bundle.facts = [priceAt(-5 * MINUTE)];
  });
  const brought = bring(custody.a.desk, bytesOf(older));
  expect('refusal' in brought ? brought.refusal : brought.state).toBe('fact-missing');
  expect(signAt(custody.a, custody, out.text).text).toMatch(/"ok":true/u);
});
