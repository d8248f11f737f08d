/** Writes `docs/contracts`: the JSON Schemas of what is signed and pinned, with examples. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { decoded } from '#lib/chains/decoded.ts';
import { personalDataMap } from '#lib/privacy/map/machine-readable.ts';
import { accessPackage, portabilityPackage } from '#lib/privacy/package/package-schema.ts';
import { decideInput } from '#lib/protocol/decide-input.ts';
import { digestOf, intent } from '#lib/protocol/intent.ts';
import { policyFacts } from '#lib/protocol/policy-facts.ts';
import { policy } from '#lib/protocol/policy.ts';
import { roster } from '#lib/protocol/roster.ts';
import { challengeOf, signedStatement } from '#lib/protocol/statement.ts';
import { signedVaultReceipt } from '#lib/protocol/vault-receipt.ts';
import { digestWords } from '#lib/protocol/words.ts';
import { decoders } from './contracts/decoders.ts';
import { decisions } from './contracts/examples/decisions.ts';
import type { Answered, Examples } from './contracts/examples/example.ts';
import { intents } from './contracts/examples/intents.ts';
import { policies } from './contracts/examples/policies.ts';
import { verdicts } from './contracts/examples/policy-verdicts.ts';
import { rosters } from './contracts/examples/rosters.ts';
import { soloPaths } from './contracts/examples/solo-paths.ts';
import { statements } from './contracts/examples/statements.ts';
import { vaultReceipts } from './contracts/examples/vault-receipts.ts';
import { asksForHelp } from './supervisor/usage.ts';

export const contractsFolder = join(import.meta.dirname, '..', 'docs', 'contracts');

const documents = {
  intent: { schema: intent, title: 'Intent: what an operation is, exactly', examples: intents },
  statement: {
    schema: signedStatement,
    title: 'Signed statement: what one person says about an intent, with the WebAuthn assertion',
    examples: statements,
  },
  roster: { schema: roster, title: 'Roster: people, keys, groups and parties', examples: rosters },
  policy: { schema: policy, title: 'Policy: which operation needs whom', examples: policies },
  'vault-receipt': {
    schema: signedVaultReceipt,
    title: 'Vault receipt: what a party that holds a key says of its vault',
    examples: vaultReceipts,
  },
} as const;

/** Functions of the contract: what they are given, with examples and the answers these must get. */
export const functions = {
  decide: { schema: decideInput, title: "Input of a party's decision", examples: decisions },
  'evaluate-policy': {
    schema: z.strictObject({ policy, facts: policyFacts }),
    title: 'Input of the policy evaluation: a policy and the facts of an operation',
    examples: verdicts,
  },
  segregation: {
    schema: z.strictObject({ roster, policy }),
    title: 'Input of the solo-path finder: drafts of roster and policy, sound or not',
    examples: soloPaths,
  },
} as const satisfies Record<
  string,
  { schema: z.ZodType; title: string; examples: Examples<Answered<unknown, unknown>> }
>;

/** What each example must digest to, so that another implementation can be checked against it. */
function expectedDigests(): object {
  const digests = (examples: Readonly<Record<string, unknown>>): object =>
    Object.fromEntries(
      Object.entries(examples).map(([name, example]) => [name, digestOf(example)]),
    );
  return {
    intent: Object.fromEntries(
      Object.entries(intents).map(([name, example]) => {
        const digest = digestOf(example);
        return [name, { digest, words: digestWords(digest).join(' ') }];
      }),
    ),
    statement: Object.fromEntries(
      Object.entries(statements).map(([name, { statement }]) => [
        name,
        { challenge: challengeOf(statement) },
      ]),
    ),
    roster: digests(rosters),
    policy: digests(policies),
    'vault-receipt': Object.fromEntries(
      Object.entries(vaultReceipts).map(([name, { receipt }]) => [name, digestOf(receipt)]),
    ),
  };
}

/** Every file of the folder that is generated, by its path inside it. */
export function contractFiles(): Map<string, unknown> {
  const files = new Map<string, unknown>();
  const addSchema = (name: string, schema: z.ZodType, title: string): void => {
    files.set(`${name}.schema.json`, { title, ...z.toJSONSchema(schema) });
  };
  for (const [name, { schema, title, examples }] of Object.entries({
    ...documents,
    ...functions,
    ...decoders,
  })) {
    addSchema(name, schema, title);
    for (const [file, example] of Object.entries(examples))
      files.set(`examples/${name}/${file}.json`, example);
  }
  addSchema('decoded', decoded, 'Decoded transaction: what a party makes of unsigned bytes');
  addSchema(
    'access-package',
    accessPackage,
    'Access package: a copy of all that is held of a person',
  );
  addSchema(
    'portability-package',
    portabilityPackage,
    'Portability package: what a person provided or caused, on consent or contract',
  );
  files.set('examples/expected-digests.json', expectedDigests());
  files.set('personal-data-map.json', personalDataMap());
  return files;
}

function writeContracts(words: readonly string[]): void {
  if (words.length > 0) {
    console.log('npm run contracts takes no options: it writes docs/contracts anew from the code.');
    process.exitCode = asksForHelp(words) ? 0 : 1;
    return;
  }
  rmSync(join(contractsFolder, 'examples'), { recursive: true, force: true });
  const files = contractFiles();
  for (const [path, content] of files) {
    const target = join(contractsFolder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, `${JSON.stringify(content, null, 2)}\n`);
  }
  console.log(`Wrote ${files.size} files to docs/contracts.`);
}

if (import.meta.main) writeContracts(process.argv.slice(2));
