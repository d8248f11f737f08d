import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { subjectOf } from './facts-of.ts';
import type { FactSource, Policy } from './policy.ts';
import {
  eurCentsOf,
  nothingKnown,
  readFacts,
  type Fact,
  type KnownFacts,
  type SignedFact,
} from './signed-facts.ts';
import { refusalOf } from './testing/changed-input.ts';
import { acceptedInput, nextPolicy } from './testing/every-kind.ts';
import { at, NOW, policy, withdrawal } from './testing/sample.ts';
import {
  booksOf,
  MAX_AGE,
  policyWithSources,
  priceOf,
  riskOf,
  signFact,
  sourceOf,
  standingOf,
} from './testing/sources.ts';

const subject = subjectOf(withdrawal);
const read = (facts: unknown, context: Partial<Parameters<typeof readFacts>[1]> = {}) =>
  readFacts(facts, { policy: policyWithSources, subject, now: NOW, ...context });
const known = (
  facts: readonly SignedFact[],
  context: Parameters<typeof read>[1] = {},
): KnownFacts => {
  const answer = read(facts, context);
  if (!answer.ok) throw new Error(answer.refusal);
  return answer.known;
};
const price = (euros: number, by: 'exchange' | 'bank' = 'exchange', ageSeconds = 10): SignedFact =>
  signFact(priceOf(euros, { by, ageSeconds }), by);
/** The policy with one source of prices, for what concerns the words of one. */
const exchangeOnly: Policy = {
  ...policyWithSources,
  sources: policyWithSources.sources.filter(({ name }) => name !== 'bank'),
};
const risk = (...of: Parameters<typeof riskOf>): SignedFact => signFact(riskOf(...of), 'screening');
const books = (...of: Parameters<typeof booksOf>): SignedFact =>
  signFact(booksOf(...of), 'reconciliation');
const standing = (...of: Parameters<typeof standingOf>): SignedFact =>
  signFact(standingOf(...of), 'compliance');

describe('a value in euro is rounded up, so that no bound is missed by rounding', () => {
  const one = { decimals: 9, microEur: '1000000' };
  test.each<[string, bigint, { decimals: number; microEur: string }, bigint]>([
    ['exactly', 1_000_000_000n, one, 100n],
    ['nothing', 0n, one, 0n],
    ['the smallest unit', 1n, one, 1n],
    ['a cent and the smallest unit', 10_000_001n, one, 2n],
    ['a cent exactly', 10_000_000n, one, 1n],
    ['an asset without decimals', 3n, { decimals: 0, microEur: '10001' }, 4n],
    ['a price below a cent', 1_000_000n, { decimals: 6, microEur: '1' }, 1n],
    [
      'the most that can be written',
      10n ** 78n - 1n,
      { decimals: 30, microEur: '9'.repeat(31) },
      ((10n ** 78n - 1n) * (10n ** 31n - 1n)) / 10n ** 34n + 1n,
    ],
  ])('%s', (_, amount, of, cents) => expect(eurCentsOf(amount, of)).toBe(cents));

  test('it is the smallest number of cents that is no less than the value', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 40n }),
        fc.nat(30),
        fc.bigInt({ min: 1n, max: 10n ** 20n }),
        (amount, decimals, micro) => {
          const cents = eurCentsOf(amount, { decimals, microEur: String(micro) });
          const scale = 10n ** BigInt(decimals) * 10_000n;
          expect(cents * scale >= amount * micro).toBe(true);
          expect((cents - 1n) * scale < amount * micro).toBe(true);
        },
      ),
    );
  });
});

describe('of several words about the same the most careful counts, in whatever order they come', () => {
  test('the highest price', () => {
    for (const facts of [
      [price(1), price(3, 'bank'), price(2)],
      [price(3, 'bank'), price(2), price(1)],
    ])
      expect(known(facts).price).toMatchObject({ microEur: '3000000' });
  });

  test('also where it differs in the last place that can be written', () => {
    const of = (microEur: string, decimals: number): SignedFact =>
      signFact({ ...priceOf(1), microEur, decimals } as Fact, 'exchange');
    const highest = (...facts: SignedFact[]) => known(facts, { policy: exchangeOnly }).price;
    expect(highest(of('10001', 30), of('10002', 30))).toMatchObject({ microEur: '10002' });
    expect(highest(of('10002', 30), of('10001', 30))).toMatchObject({ microEur: '10002' });
    // Ten times as much for a unit that is ten times as large is no higher.
    expect(highest(of('100', 2), of('1001', 3))).toMatchObject({ microEur: '1001' });
    expect(highest(of('1001', 3), of('100', 2))).toMatchObject({ microEur: '1001' });
  });

  test('the worst verdict and the worst standing', () => {
    expect(known([risk('low'), risk('high'), risk('medium')]).risk).toBe('high');
    expect(known([risk('severe'), risk('low')]).risk).toBe('severe');
    expect(known([standing('good'), standing('blocked'), standing('under-review')]).standing).toBe(
      'blocked',
    );
    expect(known([standing('under-review'), standing('good')]).standing).toBe('under-review');
  });

  test('the largest shortfall, compared as numbers', () => {
    expect(known([books('9'), books('10'), books('0')]).books).toBe('10');
    expect(known([books('10'), books('9')]).books).toBe('10');
    expect(known([books('0')]).books).toBe('0');
    expect(known([books('7'), books('900', MAX_AGE + 1)]).books).toBe('7');
    const other = signFact({ ...booksOf('900'), asset: 'USDC' } as Fact, 'reconciliation');
    expect(known([other]).books).toBeNull();
    expect(known([books('7'), other]).books).toBe('7');
  });

  test('but nothing that is too old, or about something else', () => {
    const old = price(9, 'exchange', MAX_AGE + 1);
    expect(known([price(1), old], { policy: exchangeOnly }).price).toMatchObject({
      microEur: '1000000',
    });
    expect(known([risk('low'), risk('severe', MAX_AGE + 1)]).risk).toBe('low');
    const elsewhere = signFact({ ...riskOf('severe'), address: 'elsewhere' } as Fact, 'screening');
    const otherChain = signFact(
      { ...riskOf('severe'), chain: 'solana:mainnet' } as Fact,
      'screening',
    );
    const otherClient = signFact(
      { ...standingOf('blocked'), client: 'C-99999' } as Fact,
      'compliance',
    );
    expect(
      known([risk('low'), elsewhere, otherChain, standing('good'), otherClient]),
    ).toMatchObject({ risk: 'low', standing: 'good' });
  });
});

describe('a fact is known once every source that the policy names for it spoke', () => {
  test('so whoever relays can leave no careful one out', () => {
    const [low, high] = [price(1), price(9, 'bank')];
    expect(known([low, high]).price).toMatchObject({ microEur: '9000000' });
    expect(known([low]).price).toBeNull();
    expect(known([high]).price).toBeNull();
  });

  test('and a word that is too old, or about something else, is none', () => {
    const other = signFact({ ...priceOf(9, { by: 'bank' }), asset: 'USDC' } as Fact, 'bank');
    expect(known([price(1), price(9, 'bank', MAX_AGE + 1)]).price).toBeNull();
    expect(known([price(1), other]).price).toBeNull();
  });

  test('a silent source of one fact keeps no other from being known', () => {
    expect(known([price(1), risk('low'), standing('good')])).toEqual({
      price: null,
      risk: 'low',
      standing: 'good',
      books: null,
    });
  });
});

describe('only what a source of the policy signed is heard', () => {
  const forged = (of: SignedFact, changes: object): SignedFact => ({
    ...of,
    fact: { ...of.fact, ...changes },
  });
  test.each<[string, unknown, string]>([
    ['no list', { 0: price(1) }, 'fact-malformed'],
    ['an unknown field', [forged(price(1), { added: 1 })], 'fact-malformed'],
    ['an unknown kind of fact', [forged(price(1), { fact: 'weather' })], 'fact-malformed'],
    [
      'a shortfall below nothing',
      [signFact({ ...booksOf('0'), shortfall: '-1' } as Fact, 'reconciliation')],
      'fact-malformed',
    ],
    [
      'a price of nothing',
      [signFact({ ...priceOf(1), microEur: '0' } as Fact, 'exchange')],
      'fact-malformed',
    ],
    [
      'more facts than two policies name sources',
      Array.from({ length: 65 }, () => price(1)),
      'fact-malformed',
    ],
    [
      'a signature in another spelling',
      [{ ...price(1), signature: price(1).signature.toUpperCase() }],
      'fact-malformed',
    ],
    ['a signature that is too short', [{ ...price(1), signature: '00' }], 'fact-malformed'],
    ['a source that nobody named', [forged(price(1), { source: 'nobody' })], 'fact-source-unknown'],
    [
      'a source named for another fact',
      [signFact({ ...riskOf('low'), source: 'exchange' }, 'exchange')],
      'fact-source-unknown',
    ],
    [
      'another organisation',
      [signFact({ ...priceOf(1), organisation: 'other' }, 'exchange')],
      'fact-source-unknown',
    ],
    [
      'another environment',
      [signFact({ ...priceOf(1), environment: 'production' }, 'exchange')],
      'fact-source-unknown',
    ],
    ['another amount than was signed', [forged(price(1), { microEur: '999' })], 'fact-unauthentic'],
    [
      'another time than was signed',
      [forged(price(1, 'exchange', 500), { observedAt: at(-1) })],
      'fact-unauthentic',
    ],
    ['another signer', [signFact(priceOf(1), 'bank')], 'fact-unauthentic'],
    ['a signature of zeros', [{ ...price(1), signature: '00'.repeat(64) }], 'fact-unauthentic'],
    ['a fact from the future', [price(1, 'exchange', -61)], 'fact-from-the-future'],
    [
      'one bad fact among good ones',
      [price(1), risk('low'), signFact(standingOf('good'), 'bank')],
      'fact-unauthentic',
    ],
  ])('%s: %s', (_, facts, refusal) => expect(read(facts)).toEqual({ ok: false, refusal }));

  test('a public key of small order signs for nobody', () => {
    const weak = '0100000000000000000000000000000000000000000000000000000000000000';
    const sources: FactSource[] = [sourceOf('exchange', { publicKey: weak })];
    const signature = weak + '00'.repeat(32);
    expect(read([{ ...price(1), signature }], { policy: { ...policy, sources } })).toEqual({
      ok: false,
      refusal: 'fact-unauthentic',
    });
  });

  test('without any there is nothing known', () => {
    for (const none of [undefined, []])
      expect(read(none)).toEqual({ ok: true, known: nothingKnown });
  });
});

describe('under the policy of the raise as well as the one in force', () => {
  const atRaise = exchangeOnly;
  const now = (changes: Partial<Policy>): Policy => nextPolicy(changes, atRaise);
  const of = (next: Policy, ...facts: SignedFact[]): KnownFacts =>
    known(facts, { policy: next, atRaise });

  test('a fact counts where it is young enough for both', () => {
    const looser = now({ sources: [sourceOf('exchange', { maxAgeSeconds: 1000 })] });
    expect(of(looser, price(1, 'exchange', MAX_AGE)).price).not.toBeNull();
    expect(of(looser, price(1, 'exchange', MAX_AGE + 1)).price).toBeNull();
    const tighter = now({ sources: [sourceOf('exchange', { maxAgeSeconds: 5 })] });
    expect(of(tighter, price(1, 'exchange', 6)).price).toBeNull();
    // A fresh one beside the old one is enough, and the higher of the two counts.
    expect(of(looser, price(1), price(9, 'exchange', 500)).price).toMatchObject({
      microEur: '9000000',
    });
  });

  test('a source that was named later says nothing about what was raised before', () => {
    const other = now({ sources: [sourceOf('bank')] });
    const before = { ...atRaise, sources: [sourceOf('exchange')] };
    const both = [price(1), price(2, 'bank')];
    expect(known(both.slice(0, 1), { policy: other, atRaise: before }).price).toBeNull();
    expect(known(both.slice(1), { policy: other, atRaise: before }).price).toBeNull();
    expect(known(both, { policy: other, atRaise: before }).price).toMatchObject({
      microEur: '2000000',
    });
  });

  test('a source that changed its key is heard under each by the key it had', () => {
    const rotated = now({
      sources: [sourceOf('exchange', { publicKey: sourceOf('bank').publicKey })],
    });
    const before = { ...atRaise, sources: [sourceOf('exchange')] };
    const [old, fresh] = [price(1), signFact(priceOf(2), 'bank')];
    const context = { policy: rotated, atRaise: before };
    expect(known([old], context).price).toBeNull();
    expect(known([old, fresh], context).price).toMatchObject({ microEur: '2000000' });
    expect(read([signFact(priceOf(3), 'screening')], context)).toEqual({
      ok: false,
      refusal: 'fact-unauthentic',
    });
  });

  test('of two shortfalls the larger counts, and each policy has to know one', () => {
    const other = now({ sources: [sourceOf('bank', { fact: 'books' })] });
    const before = { ...atRaise, sources: [sourceOf('reconciliation')] };
    const [small, large] = [books('5'), signFact({ ...booksOf('800'), source: 'bank' }, 'bank')];
    const context = { policy: other, atRaise: before };
    expect(known([small, large], context).books).toBe('800');
    expect(known([small], context).books).toBeNull();
    expect(known([large], context).books).toBeNull();
  });

  test('so a decision about an older raise is measured by the stricter of the two', () => {
    const rules: Policy['rules'] = [
      {
        id: 'risky',
        name: 'Nothing risky',
        when: { kinds: ['withdrawal'], risks: ['severe'] },
        outcome: { effect: 'deny', reason: 'risky' },
      },
      ...policy.rules,
    ];
    const before: Policy = { ...policyWithSources, rules };
    const after = nextPolicy(
      { sources: [sourceOf('screening', { maxAgeSeconds: 86_400 })] },
      before,
    );
    const decided = (facts: SignedFact[]) =>
      refusalOf(acceptedInput(withdrawal, { policy: after, policyAtRaise: before, facts }));
    expect(decided([risk('low')])).toBeNull();
    expect(decided([risk('low', 3600)])).toBe('fact-missing');
    expect(decided([])).toBe('fact-missing');
  });
});

test('a relay that keeps back the newest word still has to show one that is young enough', () => {
  // Within the highest age it may choose, so that age is kept short (decision 6).
  const shown = (ageSeconds: number) =>
    known([price(1, 'exchange', ageSeconds)], { policy: exchangeOnly }).price;
  expect(shown(MAX_AGE)).toMatchObject({ microEur: '1000000' });
  expect(shown(MAX_AGE + 0.001)).toBeNull();
});
