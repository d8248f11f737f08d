import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { decide } from '#lib/protocol/decide.ts';
import { decideInput } from '#lib/protocol/decide-input.ts';
import { digestOf, intent, intentDigest } from '#lib/protocol/intent.ts';
import { findPolicyFault } from '#lib/protocol/policy-faults.ts';
import { policy } from '#lib/protocol/policy.ts';
import { findRosterFault, roster } from '#lib/protocol/roster.ts';
import { challengeOf, signedStatement } from '#lib/protocol/statement.ts';
import { keys, names, ORIGIN, personIdOf, RP_ID } from '#lib/protocol/testing/sample.ts';
import { checkAssertion } from '#lib/protocol/webauthn.ts';
import { digestWords } from '#lib/protocol/words.ts';
import { contractFiles, contractsFolder } from './contracts.ts';

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

const schemas = { intent, statement: signedStatement, roster, policy } as const;

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

test('every decision example is valid and gets the answer written beside it', () => {
  const examples = examplesOf('decide');
  expect(examples).toHaveLength(5);
  for (const { file, example } of examples) {
    const { input, expected } = example as { input: unknown; expected: unknown };
    expect(decide(decideInput.parse(input)), file).toEqual(expected);
  }
});
