import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { chains } from '#lib/chains/registry.ts';
import { decide } from '#lib/protocol/decide.ts';
import { digestOf, intent, intentDigest } from '#lib/protocol/intent.ts';
import { findPolicyFault } from '#lib/protocol/policy-faults.ts';
import { evaluatePolicy, policy } from '#lib/protocol/policy.ts';
import { findRosterFault, roster } from '#lib/protocol/roster.ts';
import { findSoloPath } from '#lib/protocol/segregation.ts';
import { challengeOf, signedStatement } from '#lib/protocol/statement.ts';
import { keys, names, ORIGIN, personIdOf, RP_ID } from '#lib/protocol/testing/sample.ts';
import { rosterThatSigns } from '#lib/protocol/testing/vault-receipts.ts';
import { isOfHolder } from '#lib/protocol/vault-proof.ts';
import { signedVaultReceipt } from '#lib/protocol/vault-receipt.ts';
import { checkAssertion } from '#lib/protocol/webauthn.ts';
import { digestWords } from '#lib/protocol/words.ts';
import { decoders } from './contracts/decoders.ts';
import { contractFiles, contractsFolder, functions } from './contracts.ts';

const read = (path: string): unknown =>
  JSON.parse(readFileSync(join(contractsFolder, path), 'utf8'));
const examplesOf = (name: string): { file: string; example: unknown }[] =>
  readdirSync(join(contractsFolder, 'examples', name)).map((file) => ({
    file: file.replace('.json', ''),
    example: read(`examples/${name}/${file}`),
  }));
const expectedDigests = read('examples/expected-digests.json') as Record<
  string,
  Record<string, unknown>
>;

/** Files that other software validates with; a change here must be made on purpose. */
test('the files are what the code describes today (npm run contracts writes them)', () => {
  const files = contractFiles();
  const found = readdirSync(contractsFolder, { recursive: true, encoding: 'utf8' });
  expect(found.filter((path) => path.endsWith('.json')).sort()).toEqual([...files.keys()].sort());
  for (const [path, content] of files)
    expect(read(path), path).toEqual(JSON.parse(JSON.stringify(content)));
});

const schemas = {
  intent,
  statement: signedStatement,
  roster,
  policy,
  'vault-receipt': signedVaultReceipt,
} as const;

describe.each(Object.entries(schemas))('%s', (name, schema) => {
  const examples = examplesOf(name);
  const published = z.fromJSONSchema(
    read(`${name}.schema.json`) as Parameters<typeof z.fromJSONSchema>[0],
  );

  test('has five examples, valid by the code and by the published schema', () => {
    expect(examples).toHaveLength(5);
    for (const { file, example } of examples) {
      expect(schema.safeParse(example).error, file).toBeUndefined();
      expect(published.safeParse(example).error, file).toBeUndefined();
    }
  });

  test('takes no field it does not know, by the code and by the published schema', () => {
    for (const { example } of examples) {
      const extended = { ...(example as object), added: 1 };
      expect(schema.safeParse(extended).success).toBe(false);
      expect(published.safeParse(extended).success).toBe(false);
    }
  });
});

test('every intent, roster and policy example has the digest written beside it', () => {
  for (const { file, example } of examplesOf('intent')) {
    const digest = intentDigest(example);
    expect(expectedDigests['intent']?.[file]).toEqual({
      digest,
      words: digestWords(digest).join(' '),
    });
  }
  for (const name of ['roster', 'policy'])
    for (const { file, example } of examplesOf(name))
      expect(expectedDigests[name]?.[file]).toBe(digestOf(example));
});

test('every roster and policy example is sound, not only well formed', () => {
  for (const { example } of examplesOf('roster'))
    expect(findRosterFault(roster.parse(example))).toBeNull();
  for (const { example } of examplesOf('policy'))
    expect(findPolicyFault(policy.parse(example))).toBeNull();
});

test('every statement example is about an intent example and its assertion verifies', () => {
  const digests = examplesOf('intent').map(({ example }) => intentDigest(example));
  for (const { file, example } of examplesOf('statement')) {
    const { statement, assertion } = signedStatement.parse(example);
    expect(digests).toContain(statement.intentDigest);
    const challenge = challengeOf(statement);
    expect(expectedDigests['statement']?.[file]).toEqual({ challenge });
    const name = names.find((entry) => personIdOf(entry) === statement.person);
    if (!name) throw new Error(`${file} is by nobody of the sample`);
    const { credentialId: id, publicKey, backupEligible } = keys[name];
    const verdict = checkAssertion({
      credential: { id, publicKey, signCount: 0, backupEligible },
      response: assertion,
      expected: { challenge, origin: ORIGIN, rpId: RP_ID },
      rules: { allowSynced: false },
    });
    expect(verdict).toEqual({ ok: true, signCount: 0 });
  }
});

test('every vault receipt example is signed by the holder that it names, and has the digest written beside it', () => {
  for (const { file, example } of examplesOf('vault-receipt')) {
    const signed = signedVaultReceipt.parse(example);
    expect(isOfHolder(signed, rosterThatSigns), file).toBe(true);
    expect(expectedDigests['vault-receipt']?.[file]).toBe(digestOf(signed.receipt));
  }
});

/** Each function of the contract as it is called with the input of an example. */
const answers: { [Name in keyof typeof functions]: (input: unknown) => unknown } = {
  decide: (input) => decide(functions.decide.schema.parse(input)),
  'evaluate-policy': (input) => {
    const { policy: rules, facts } = functions['evaluate-policy'].schema.parse(input);
    return evaluatePolicy(rules, facts);
  },
  segregation: (input) => {
    const { roster: people, policy: rules } = functions.segregation.schema.parse(input);
    return findSoloPath(people, rules);
  },
};

const decoderAnswers = Object.fromEntries(
  Object.entries(decoders).map(([name, { answer }]) => [name, answer]),
);

describe.each(Object.entries({ ...answers, ...decoderAnswers }))('%s', (name, answer) => {
  const examples = examplesOf(name);
  const published = z.fromJSONSchema(
    read(`${name}.schema.json`) as Parameters<typeof z.fromJSONSchema>[0],
  );

  test('has five examples or more, valid by the published schema, and gives each its answer', () => {
    expect(examples.length).toBeGreaterThanOrEqual(5);
    for (const { file, example } of examples) {
      const { input, expected } = example as { input: unknown; expected: unknown };
      expect(published.safeParse(input).error, file).toBeUndefined();
      expect(answer(input), file).toEqual(expected);
    }
  });

  test('takes no field it does not know, by the published schema', () => {
    for (const { example } of examples) {
      const { input } = example as { input: object };
      expect(published.safeParse({ ...input, added: 1 }).success).toBe(false);
    }
  });
});

test('every family of chains has a decoder among the functions, and both forms of Bitcoin five examples', () => {
  expect(Object.keys(decoders).toSorted()).toEqual(
    [...new Set(chains.map(({ family }) => `decode-${family}`))].toSorted(),
  );
  const kinds = examplesOf('decode-bitcoin').map(
    ({ example }) => (example as { input: { context: { kind: string } } }).input.context.kind,
  );
  for (const kind of ['p2tr', 'p2wpkh'])
    expect(kinds.filter((one) => one === kind).length, kind).toBeGreaterThanOrEqual(5);
});

test('the decisions among the examples give a dozen different answers', () => {
  const expected = examplesOf('decide').map(
    ({ example }) => (example as { expected: unknown }).expected,
  );
  expect(new Set(expected.map((answer) => JSON.stringify(answer))).size).toBeGreaterThan(11);
});
