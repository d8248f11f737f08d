import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adopt, offerGenesis, type PartyClient } from '../client/party-client.ts';
import { runKeyCeremony } from '../client/key-ceremony.ts';
import { signTransaction } from '../client/sign-transaction.ts';
import {
  holdGenesis,
  must,
  openVault,
  randomNonce,
  removeAll,
  startParties,
  transferFor,
  type Custody,
} from '../testing/custody.ts';
import { openLocalParty } from '../testing/in-process.ts';
import { keyCeremonyIntent, withdrawalIntent } from '../testing/organisation.ts';
import { setupCodeOf, type PartyProcess } from '../testing/party-process.ts';
import { rpc } from '../wire/rpc.ts';

/** Files that are meant to hold a secret in plain: their own protection is the file system's. */
const secretFiles = ['kek', 'setup-code'];

/** Each way in which bytes could show up in a text or file by accident. */
function spellings(secret: Uint8Array): Buffer[] {
  const bytes = Buffer.from(secret);
  const reversed = Buffer.from(bytes).reverse();
  return [
    bytes,
    ...[
      bytes.toString('hex'),
      bytes.toString('hex').toUpperCase(),
      bytes.toString('base64').slice(0, 40),
      bytes.toString('base64url').slice(0, 40),
      BigInt(`0x${bytes.toString('hex')}`).toString(),
      BigInt(`0x${reversed.toString('hex')}`).toString(),
      [...bytes].join(','),
    ].map((text) => Buffer.from(text)),
  ];
}

describe('secrets of a party', () => {
  let custody: Custody;
  const answers: unknown[] = [];
  const codes = new Map<string, string>();

  const recorded = ({ client }: PartyProcess): PartyClient => ({
    ...client,
    call: async (method, request) => {
      const answer = await client.call(method, request);
      answers.push(answer);
      return answer;
    },
  });

  beforeAll(async () => {
    custody = await startParties();
    for (const party of custody.parties) codes.set(party.name, setupCodeOf(party) ?? '');
    await holdGenesis(custody);
    const vault = await openVault(custody);
    const clients = custody.parties.map(recorded);
    const intent = withdrawalIntent(vault.destination);
    const bundle = custody.organisation.bundle(intent);
    const transaction = transferFor(vault, intent, randomNonce());
    const quorum = clients.slice(0, 2);
    must(
      await runKeyCeremony(
        clients,
        custody.organisation.bundle(keyCeremonyIntent('key-2', 'warm-2')),
      ),
    );
    must(await signTransaction({ clients: quorum, bundle, transaction }));
    // And the ways that go wrong.
    await signTransaction({ clients: quorum, bundle: { ...bundle, statements: [] }, transaction });
    await signTransaction({
      clients: quorum,
      bundle,
      transaction: { ...transaction, message: new Uint8Array(9) },
    });
    for (const client of clients) {
      await adopt(client, bundle);
      await offerGenesis(client, custody.organisation.genesis);
      await client.call(rpc.signShare, { session: '00'.repeat(32), envelopes: [{}] });
    }
    await Promise.all(custody.parties.map((party) => party.kill()));
  });
  afterAll(() => removeAll(custody));

  /** Opens a killed party's folder with its own key-encryption key. */
  function secretsOf({ name, data }: PartyProcess): Uint8Array[] {
    const kek = new Uint8Array(readFileSync(join(data, 'kek')));
    const { party } = openLocalParty(name as 'control', { ahead: 0 }, { folder: data, kek });
    const { signingKey, agreementKey } = party.identity;
    const identity = [signingKey, agreementKey].map(
      (key) => new Uint8Array(Buffer.from(String(key.export({ format: 'jwk' }).d), 'base64url')),
    );
    const shares = [...party.shares.values()].map((share) => share.slice());
    party.database.close();
    expect(shares).toHaveLength(2);
    return [kek, ...identity, ...shares];
  }

  test('are in no file but the one meant for them, in no line of output and in no answer', () => {
    const said = Buffer.from(JSON.stringify(answers));
    for (const party of custody.parties) {
      const files = readdirSync(party.data)
        .filter((name) => !name.endsWith('.sock') && !secretFiles.includes(name))
        .map((name) => ({ name, bytes: readFileSync(join(party.data, name)) }));
      expect(files.map(({ name }) => name)).toContain('party.db');
      const places = [
        ...files,
        { name: 'output', bytes: Buffer.from(party.output()) },
        { name: 'answers', bytes: said },
      ];
      for (const secret of secretsOf(party))
        for (const spelling of spellings(secret))
          for (const { name, bytes } of places)
            expect([party.name, name, bytes.includes(spelling)]).toEqual([party.name, name, false]);
    }
  });

  test('the set-up code is in no line of output that something other than a terminal keeps', () => {
    for (const party of custody.parties) {
      const code = codes.get(party.name) ?? '';
      expect(code).toMatch(/^(?:[0-9A-Z]{4}-){5}[0-9A-Z]{4}$/u);
      expect(party.output()).not.toContain(code);
      expect(party.output()).toContain(join(party.data, 'setup-code'));
    }
  });

  test('the search would find them: the public keys are found where they belong', () => {
    const [party] = custody.parties as [PartyProcess];
    const kek = new Uint8Array(readFileSync(join(party.data, 'kek')));
    const { party: opened } = openLocalParty('control', { ahead: 0 }, { folder: party.data, kek });
    const publicKey = Buffer.from(opened.identity.identityKey);
    opened.database.close();
    expect(readFileSync(join(party.data, 'party.db')).includes(publicKey)).toBe(true);
  });
});
