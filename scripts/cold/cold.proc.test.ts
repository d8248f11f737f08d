import { createPublicKey, verify } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  advanceColdCeremony,
  newColdCeremony,
  takeColdAnswer,
  type CeremonyWorld,
} from '#lib/mpc/client/cold-ceremony.ts';
import { knowsNothing } from '#lib/mpc/client/cold-knowledge.ts';
import {
  coldTripState,
  finishColdSigning,
  prepareColdSigning,
} from '#lib/mpc/client/cold-signing.ts';
import { runKeyBackup } from '#lib/mpc/client/key-backup.ts';
import { runKeyCeremony } from '#lib/mpc/client/key-ceremony.ts';
import { runKeyRepair } from '#lib/mpc/client/key-repair.ts';
import {
  adopt,
  offerGenesis,
  partyStatus,
  type PartyClient,
} from '#lib/mpc/client/party-client.ts';
import { pinParty } from '#lib/mpc/party/pin-command.ts';
import { coldKeyIntent, coldWithdrawal } from '#lib/mpc/testing/cold-custody.ts';
import { makeGroups, namingIntent } from '#lib/mpc/testing/custodians.ts';
import {
  must,
  randomAddress,
  randomNonce,
  transferFor,
  type Vault,
  only,
} from '#lib/mpc/testing/custody.ts';
import {
  foundOrganisation,
  keyBackupIntent,
  keyRepairIntent,
  listingIntent,
  type Organisation,
} from '#lib/mpc/testing/organisation.ts';
import {
  pin,
  prepareParty,
  rosterEntry,
  type PartyProcess,
} from '#lib/mpc/testing/party-process.ts';
import { addressOf } from '#lib/chains/solana/address.ts';
import { canonicalize, digestOf } from '#lib/protocol/intent.ts';
import type { RosterParty } from '#lib/protocol/roster.ts';
import { runScript } from '../supervisor/testing/processes.ts';
import { prepareCold, type ColdProcess } from './testing/cold-process.ts';

const house = { organisation: 'sample-custody', environment: 'sandbox' as const };
let control: PartyProcess;
let custody: PartyProcess;
let a: ColdProcess;
let b: ColdProcess;
let organisation: Organisation;
let vault: Vault;

const siteOf = (name: string) => (name === 'cold-a' ? a : b);

/** Travels until the drive is through; every step is taken at the terminal. */
async function travel<T>(
  drive: CeremonyWorld<T>['drive'],
  cold: string[] = ['cold-a', 'cold-b'],
): Promise<T> {
  const world = { online: [control.client], others: [custody.client], drive, knowledge: {} };
  let state = newColdCeremony({ ...house, cold });
  for (let trips = 0; trips < 20; trips += 1) {
    const step = await advanceColdCeremony(state, world);
    ({ state } = step);
    const { outcome } = step;
    if (outcome.kind === 'done') return outcome.value;
    if (outcome.kind !== 'waiting') throw new Error(`${outcome.kind} ${outcome.no.refusal}`);
    for (const { to, text } of outcome.documents) {
      const site = siteOf(to);
      const answer = await site.carry(text, () => site.type('take', /answer is ready/u));
      const taken = await takeColdAnswer(state, world, { cold: to, answer, now: new Date() });
      if (!taken.ok) throw new Error(taken.refusal);
      // A share that is sealed still when people come for it is fetched with the next document.
      if (taken.value.no && taken.value.no.refusal !== 'backup-unready')
        throw new Error(taken.value.no.refusal);
      ({ state } = taken.value);
    }
  }
  throw new Error('no end');
}

const coldOf = (clients: readonly PartyClient[], name: string): PartyClient => {
  const found = clients.find((client) => client.name === name);
  if (!found) throw new Error(name);
  return found;
};

/** The entry of a cold party for the roster, as it says it on paper. */
async function coldEntry(name: string, index: number): Promise<RosterParty> {
  const status = await travel((clients) => partyStatus(coldOf(clients, name)), [name]);
  const { group, identityKey, exchangeKey } = status;
  return { name, group, index, identityKey, exchangeKey, cold: true };
}

beforeAll(async () => {
  [control, custody] = await Promise.all([
    prepareParty({ name: 'control' }),
    prepareParty({ name: 'custody' }),
  ]);
  [a, b] = await Promise.all([prepareCold('cold-a', 'custody'), prepareCold('cold-b', 'recovery')]);
  await Promise.all([control, custody, a, b].map((party) => party.start()));
  organisation = foundOrganisation([
    await rosterEntry(control, 1),
    await rosterEntry(custody, 2),
    await coldEntry('cold-a', 4),
    await coldEntry('cold-b', 5),
  ]);
  const digest = digestOf(organisation.genesis.document);
  for (const party of [control, custody]) {
    must(await offerGenesis(party.client, organisation.genesis));
    await pin(party, digest);
  }
  for (const { name, origin, data } of [a, b]) {
    await travel((clients) => offerGenesis(coldOf(clients, name), organisation.genesis), [name]);
    const pinned = await pinParty({ origin, digest, dataFolder: data });
    if (!pinned.ok) throw new Error(pinned.sentence);
  }
  await Promise.all([control.heard(), custody.heard()]);
}, 240_000);
afterAll(async () => {
  await Promise.all([control, custody, a, b].map((party) => party.remove()));
});

async function pressAt(site: ColdProcess): Promise<void> {
  const headers = { origin: site.origin, 'content-type': 'application/json' };
  const post = async (path: string, body: object) => {
    const response = await fetch(site.origin + path, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    return (await response.json()) as { press: { challenge: string }; hand: object; ok: boolean };
  };
  const page = await (await fetch(`${site.origin}/cold`)).text();
  const document = /name="document" value="(?<digest>[0-9a-f]{64})"/u.exec(page)?.groups?.[
    'digest'
  ];
  const prepared = await post('/cold/prepare', {
    who: { person: 'p-coraaaaaaa' },
    ask: { document },
  });
  const assertion = organisation.keys.cora.assert({
    challenge: prepared.press.challenge,
    origin: site.origin,
  });
  expect(await post('/cold/press', { ...prepared.hand, assertion })).toMatchObject({ ok: true });
}

async function send() {
  const intent = coldWithdrawal(vault);
  const transaction = transferFor(vault, intent, randomNonce());
  const prepared = await prepareColdSigning(
    { online: control.client, others: [custody.client] },
    {
      ...house,
      cold: 'cold-a',
      bundle: organisation.bundle(intent),
      transaction,
      knowledge: knowsNothing,
    },
  );
  if (!prepared.ok || prepared.value.state !== 'trip') throw new Error(JSON.stringify(prepared));
  return { transaction, ...prepared.value };
}

describe('cold parties opened by hand beside parties with a network', () => {
  test('make a key, sign a transfer with a key press at their page, and keep their secrets to themselves', async () => {
    const bundle = organisation.bundle(coldKeyIntent());
    const { publicKey } = await travel((clients) => runKeyCeremony(clients, bundle));
    const destination = { id: 'acme-treasury', address: randomAddress() };
    const listing = organisation.bundle(listingIntent(destination));
    for (const { client } of [control, custody]) must(await adopt(client, listing));
    vault = {
      publicKey,
      address: addressOf(new Uint8Array(Buffer.from(publicKey, 'hex'))),
      destination,
    };
    const out = await send();
    const answer = await a.carry(out.document.text, () => pressAt(a));
    const parties = { online: control.client, others: [custody.client] };
    const finished = await finishColdSigning(parties, out.trip, answer, { now: new Date() });
    if (!finished.ok) throw new Error(finished.refusal);
    const x = Buffer.from(publicKey, 'hex').toString('base64url');
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    expect(verify(null, out.transaction.message, key, only(finished.value.signatures))).toBe(true);
    expect(a.output()).not.toMatch(/correct horse/u);
    expect(readFileSync(join(a.data, 'party.db'))).not.toContain('correct horse');
  }, 300_000);

  test('lose a trip when the party with a network is killed, and say so', async () => {
    const out = await send();
    const answer = await a.carry(out.document.text, () => pressAt(a));
    await control.kill();
    await control.start();
    await control.heard();
    expect(await coldTripState(control.client, out.trip)).toMatchObject({
      value: { state: 'void', refusal: 'trip-void' },
    });
    const parties = { online: control.client, others: [custody.client] };
    expect(await finishColdSigning(parties, out.trip, answer, { now: new Date() })).toMatchObject({
      refusal: 'trip-void',
    });
  }, 120_000);

  test('open again with their passphrase, and sign', async () => {
    await a.close();
    expect(a.output()).toMatch(/Closed\./u);
    await a.start();
    const out = await send();
    const answer = await a.carry(out.document.text, () => pressAt(a));
    const parties = { online: control.client, others: [custody.client] };
    expect((await finishColdSigning(parties, out.trip, answer, { now: new Date() })).ok).toBe(true);
  }, 180_000);

  test('get a lost share back from the two others, and sign with it', async () => {
    await a.close();
    const store = new DatabaseSync(join(a.data, 'party.db'));
    store.exec('update keys set sealed = zeroblob(length(sealed))');
    store.close();
    await a.start();
    const lost = await send();
    await a.type(`read ${a.write(lost.document.text)}`, /share-lost/u);
    const intent = keyRepairIntent('cold-a', ['control', 'cold-b'], 1, 'key-cold-1');
    const bundle = organisation.bundle(intent);
    expect(await travel((clients) => runKeyRepair(clients, bundle))).toMatchObject({
      party: 'cold-a',
      publicKey: vault.publicKey,
    });
    const out = await send();
    const answer = await a.carry(out.document.text, () => pressAt(a));
    const parties = { online: control.client, others: [custody.client] };
    expect((await finishColdSigning(parties, out.trip, answer, { now: new Date() })).ok).toBe(true);
  }, 300_000);

  test('seal their shares for custodians, each into a file beside its answer, and two of them give the key', async () => {
    const members = ['control', 'cold-a', 'cold-b'];
    const groups = await makeGroups(organisation.roster, members);
    const naming = organisation.bundle(namingIntent(organisation.roster, groups));
    for (const { client } of [control, custody]) must(await adopt(client, naming));
    // Until they have heard of each other again, each takes the other for one that is behind.
    const agreements = () =>
      Promise.all(
        [control, custody].map(async ({ client }) => {
          const { peers } = must(await partyStatus(client));
          return peers.find(({ name }) => name === 'control' || name === 'custody')?.agrees;
        }),
      );
    await expect.poll(agreements, { timeout: 20_000 }).toEqual([true, true]);
    const bundle = organisation.bundle(keyBackupIntent(1, 'key-cold-1', members));
    const { archives } = await travel((clients) => runKeyBackup(clients, bundle));
    expect(archives.map(({ party }) => party)).toEqual(members);
    const folder = mkdtempSync(join(tmpdir(), 'cs-cold-backups-'));
    try {
      for (const { name, stick } of [a, b]) {
        const file = `share-key-cold-1-${name}-epoch-1.json`;
        copyFileSync(join(stick, file), join(folder, file));
      }
      for (const [party, { record, parts }] of groups) {
        writeFileSync(join(folder, `group-${party}.json`), canonicalize(record));
        for (const { number, text } of parts.slice(0, 2))
          writeFileSync(join(folder, `part-${party}-${number}.txt`), text);
      }
      const recover = (words: string[]) => {
        const all = ['--backups', folder, '--parts', folder, '--online-ok', ...words];
        const run = runScript(['scripts/recover.ts', ...all], {});
        return run.ended.then((code) => ({ code, output: run.output() }));
      };
      const drilled = await recover(['--drill', '--party', 'cold-b']);
      expect(drilled).toMatchObject({ code: 0 });
      expect(drilled.output).toContain('The share of party cold-b opens');
      const rebuilt = await recover(['--address', vault.address]);
      expect(rebuilt).toMatchObject({ code: 0 });
      expect(rebuilt.output).toContain(vault.address);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 300_000);
});
