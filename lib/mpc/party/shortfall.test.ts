/**
 * Whoever runs the console may leave its own check for open breaks out; here nothing of it is asked. Two
 * parties get a full set of statements with whatever a source said, and decide for themselves.
 */
import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PolicyRule } from '#lib/protocol/policy.ts';
import { factBytes, type Fact, type SignedFact } from '#lib/protocol/signed-facts.ts';
import { randomNonce, transferFor, type Vault } from '../testing/custody.ts';
import { openLocalCustody, openLocalVault, type LocalCustody } from '../testing/in-process.ts';
import { foundOrganisation, withdrawalIntent } from '../testing/organisation.ts';
import { encodeBase64url } from '../wire/encoding.ts';
import { rpc } from '../wire/rpc.ts';

const MAX_AGE = 120;
const source = generateKeyPairSync('ed25519');
const stranger = generateKeyPairSync('ed25519');
const publicKey = createPublicKey(source.privateKey)
  .export({ format: 'der', type: 'spki' })
  .subarray(-32)
  .toString('hex');

/** So many lamports are missing, as the source said it some seconds ago. */
function missing(
  shortfall: string,
  { ageSeconds = 0, asset = 'SOL', by = source.privateKey } = {},
): SignedFact {
  const fact: Fact = {
    type: 'countersign/fact/v1',
    organisation: 'sample-custody',
    environment: 'sandbox',
    source: 'books',
    observedAt: new Date(Date.now() - ageSeconds * 1000).toISOString(),
    fact: 'books',
    asset,
    shortfall,
  };
  return { fact, signature: sign(null, factBytes(fact), by).toString('hex') };
}

/** Above 1,000 lamports none leaves, above 10 two people approve, who are not both there. */
function rules(): readonly PolicyRule[] {
  const short = (id: string, above: string, outcome: PolicyRule['outcome']): PolicyRule => ({
    id,
    name: id,
    when: { kinds: ['withdrawal'], assets: ['SOL'], shortfallAbove: above },
    outcome,
  });
  return [
    short('much', '1000', { effect: 'deny', reason: 'far less is there than the books say' }),
    short('some', '10', {
      effect: 'allow',
      needs: [
        { group: 'control', decision: 'approve', people: 2 },
        { group: 'custody', decision: 'cosign', people: 1 },
      ],
    }),
  ];
}

let custody: LocalCustody;
let vault: Vault;

beforeAll(async () => {
  const usual = foundOrganisation([]).policy.rules;
  custody = openLocalCustody(undefined, undefined, {
    sources: [{ name: 'books', fact: 'books', publicKey, maxAgeSeconds: MAX_AGE }],
    rules: [
      ...rules(),
      ...usual.map((rule) =>
        rule.when.kinds.includes('release') && rule.outcome.effect === 'allow'
          ? { ...rule, outcome: { ...rule.outcome, needs: moreThan(rule.outcome.needs) } }
          : rule,
      ),
    ],
  });
  vault = await openLocalVault(custody);
});
afterAll(() => custody.remove());

type Needs = Extract<PolicyRule['outcome'], { effect: 'allow' }>['needs'];
/** A release needs one person more than any withdrawal. */
const moreThan = (needs: Needs): Needs =>
  needs.map((need) => (need.decision === 'approve' ? { ...need, people: 3 } : need));

/** What each of two parties says to a withdrawal that everybody needed has stated. */
async function asked(facts: SignedFact[] | undefined): Promise<string[]> {
  const intent = withdrawalIntent(vault.destination);
  const { chain, message } = transferFor(vault, intent, randomNonce());
  const bundle = custody.organisation.bundle(intent);
  const request = {
    bundle: facts === undefined ? bundle : { ...bundle, facts },
    transaction: { chain, message: encodeBase64url(message) },
    quorum: ['control', 'custody'],
  };
  const answers: string[] = [];
  for (const { client } of custody.parties.slice(0, 2)) {
    const answer = await client.call(rpc.signBegin, request);
    answers.push(answer.ok ? answer.value.state : answer.refusal);
  }
  return answers;
}
const both = (answer: string): string[] => [answer, answer];

describe('while coins are missing, each party holds to the policy whatever the console leaves out', () => {
  test('with nothing missing, or so little that no rule minds, they begin to sign', async () => {
    expect(await asked([missing('0')])).toEqual(both('open'));
    expect(await asked([missing('10')])).toEqual(both('open'));
  });

  test('above what the policy lets pass they refuse, however many people stated', async () => {
    expect(await asked([missing('1001')])).toEqual(both('policy-denies'));
  });

  test('above a little they want the second approver', async () => {
    expect(await asked([missing('11')])).toEqual(both('statements-incomplete'));
  });

  test('without the word, or with one that is too old or about another asset, they refuse', async () => {
    expect(await asked(undefined)).toEqual(both('fact-missing'));
    expect(await asked([])).toEqual(both('fact-missing'));
    expect(await asked([missing('0', { ageSeconds: MAX_AGE + 1 })])).toEqual(both('fact-missing'));
    expect(await asked([missing('0', { asset: 'USDC' })])).toEqual(both('fact-missing'));
  });

  test('an older word that nothing was missing, shown beside the newer one, does not help', async () => {
    expect(await asked([missing('0', { ageSeconds: 60 }), missing('1001')])).toEqual(
      both('policy-denies'),
    );
  });

  test('a word that somebody else signed, or that was changed on the way, refuses everything', async () => {
    expect(await asked([missing('0', { by: stranger.privateKey })])).toEqual(
      both('fact-unauthentic'),
    );
    const { fact, signature } = missing('1001');
    expect(await asked([{ fact: { ...fact, shortfall: '0' } as Fact, signature }])).toEqual(
      both('fact-unauthentic'),
    );
  });
});
