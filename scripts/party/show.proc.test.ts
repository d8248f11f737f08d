import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { offerGenesis, presentOperation } from '#lib/mpc/client/party-client.ts';
import { must, randomAddress } from '#lib/mpc/testing/custody.ts';
import { hostileParty } from '#lib/mpc/testing/hostile-party.ts';
import { foundOrganisation, listingIntent } from '#lib/mpc/testing/organisation.ts';
import {
  pin,
  prepareParty,
  rosterEntry,
  type PartyProcess,
} from '#lib/mpc/testing/party-process.ts';
import { digestOf } from '#lib/protocol/intent.ts';

const project = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const data = mkdtempSync(join(tmpdir(), 'cs-show-'));

let party: PartyProcess;
let operation: string;

beforeAll(async () => {
  for (const name of ['control', 'cold-a'])
    mkdirSync(join(data, 'parties', name), { recursive: true });
  party = await prepareParty({ name: 'control' });
  await party.start();
  const others = [hostileParty('custody', 2).entry, hostileParty('recovery', 3).entry];
  const organisation = foundOrganisation([await rosterEntry(party, 1), ...others]);
  must(await offerGenesis(party.client, organisation.genesis));
  await pin(party, digestOf(organisation.genesis.document));
  const intent = listingIntent({ id: 'payroll', address: randomAddress() });
  const statements = [organisation.say('raisa', 'raise', intent)];
  must(await presentOperation(party.client, { bundle: { intent, statements } }));
  ({ operation } = intent);
});
afterAll(async () => {
  await party.remove();
  rmSync(data, { recursive: true });
});

/** Runs the command; `own` is COUNTERSIGN_PARTY_DATA, null for the sandbox's folders. */
function show(words: readonly string[], own: string | null = party.data) {
  const env = {
    PATH: process.env['PATH'],
    NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
    COUNTERSIGN_DATA: data,
    ...(own !== null && { COUNTERSIGN_PARTY_DATA: own }),
  } as unknown as NodeJS.ProcessEnv;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['scripts/party.ts', 'show', ...words],
    { cwd: project, env, encoding: 'utf8', timeout: 30_000 },
  );
  return { status, stdout, stderr };
}

const refused = (sentence: string) => ({
  status: 1,
  stdout: '',
  stderr: expect.stringContaining(sentence) as string,
});

describe('npm run party -- show', () => {
  test('shows what the named party makes of an operation, its id in any case', () => {
    const shown = show([operation.toUpperCase(), '--party', 'control']);
    expect(shown).toMatchObject({ status: 0, stderr: '' });
    expect(shown.stdout).toContain('Listing of a destination: payroll');
  });

  test('shows nothing of a data folder that belongs to another party than the one named', () => {
    const asked = [operation, '--party', 'custody'];
    const sentence = 'The data folder belongs to another party than the one that was named.';
    expect(show(asked)).toEqual(refused(sentence));
    expect(show([...asked, '--person', 'p-adamaaaaaa'])).toEqual(refused(sentence));
  });

  test('names the parties there are when the one named is none of them', () => {
    expect(show([operation, '--party', 'kontrol'], null)).toEqual(
      refused(`There is no party kontrol under ${data}, only cold-a, control.`),
    );
    expect(show([operation, '--party', 'control'], join(data, 'none'))).toEqual(
      refused(`COUNTERSIGN_PARTY_DATA names ${join(data, 'none')}, where there is no folder.`),
    );
  });

  test('says to start a party that does not run', () => {
    expect(show([operation, '--party', 'control'], null)).toEqual(
      refused('The party does not answer at its data folder. Start it'),
    );
  });

  test('says how a cold party is opened', () => {
    expect(show([operation, '--party', 'cold-a'], null)).toEqual(
      refused('open it with `npm run cold -- cold-a --sandbox`'),
    );
  });

  test('says that this party was shown no such operation, and that its roster has no such person', () => {
    expect(show([randomUUID(), '--party', 'control'])).toEqual(
      refused('Nobody has shown this operation to this party yet.'),
    );
    expect(show([operation, '--party', 'control', '--person', 'p-nobodyaaaa'])).toEqual(
      refused("This party's roster has no such person."),
    );
  });

  test.each([
    [[], 'The id of an operation is missing.'],
    [['not-an-id', '--party', 'control'], '“not-an-id” is no id of an operation.'],
    [['WD-2026-000001', '--party', 'control'], 'is a number of the console, which no party knows'],
    [[randomUUID()], 'After --party comes the name of the party to ask'],
    [[randomUUID(), '--party', '../control'], '“../control” is no name of a party.'],
    [[randomUUID(), '--party', 'control', '--person', 'Adam'], 'the id of a person'],
    [[randomUUID(), randomUUID(), '--party', 'control'], 'Give the id of one operation.'],
    [[randomUUID(), '--party', 'control', '--all'], 'There is no option “--all” here.'],
  ])('prints the usage after %j', (words, sentence) => {
    const answer = show(words);
    expect(answer).toEqual(refused(sentence));
    expect(answer.stderr).toContain('npm run party -- show OPERATION_ID --party');
  });
});
