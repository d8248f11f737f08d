import { randomBytes, randomUUID } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { runKeyCeremony, type CeremonyRound } from '../client/key-ceremony.ts';
import { adopt, partyStatus } from '../client/party-client.ts';
import { must, randomAddress, randomNonce, transferFor, type Vault } from '../testing/custody.ts';
import {
  openLocalCustody,
  openLocalParty,
  openLocalVault,
  type LocalCustody,
} from '../testing/in-process.ts';
import {
  keyCeremonyIntent,
  listingIntent,
  rosterChangeIntent,
  withdrawalIntent,
} from '../testing/organisation.ts';
import { encodeBase64url } from '../wire/encoding.ts';
import { rpc } from '../wire/rpc.ts';
import { raiseRecordMark } from './marks.ts';
import { createParty } from './open-party.ts';
import { note } from './party.ts';
import { keyEncryptionKey, SealError } from './seal.ts';
import { findAuditBreak, latestAudit } from './store/audit.ts';
import { openDatabase, StoreError } from './store/database.ts';
import { readMarks, writeMarks } from './store/high-water.ts';

const kek = new Uint8Array(randomBytes(32));

describe('a store that was changed behind the party', () => {
  let custody: LocalCustody;
  let folder: string;
  let vault: Vault;

  beforeAll(async () => {
    custody = openLocalCustody(() => kek);
    vault = await openLocalVault(custody);
    const clients = custody.parties.map(({ client }) => client);
    const bundle = custody.organisation.bundle(keyCeremonyIntent('key-2', 'warm-2'));
    const stop = new Error('Every party holds a share of this key now, and none may use it yet.');
    const onRound = (round: CeremonyRound): void => {
      if (round === 'activate') throw stop;
    };
    await runKeyCeremony(clients, bundle, { onRound }).catch((error: unknown) => {
      if (error !== stop) throw error;
    });
    custody.parties[0].party.database.close();
  });
  afterAll(() => custody.remove());

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cs-copy-'));
    cpSync(custody.parties[0].folder, folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const open = (key = kek) => openLocalParty('control', { ahead: 0 }, { folder, kek: key });

  function change(sql: string): void {
    const database = openDatabase(folder);
    expect(database.run(sql)).toBeGreaterThan(0);
    database.close();
  }

  test('opens as it was when nothing was changed', () => {
    const { party } = open();
    expect(party.trust?.roster.version).toBe(1);
    expect([...party.shares.keys()]).toHaveLength(1);
    expect(findAuditBreak(party.database)).toBeNull();
    party.database.close();
  });

  test.each([
    [
      'a role changed in the roster',
      `update trust_log set document = replace(document, '"officer"', '"administrator"') where kind = 'roster'`,
    ],
    ['another digest', `update trust_log set digest = '${'0'.repeat(64)}' where kind = 'policy'`],
    ['another head', `update trust_log set head = '${'0'.repeat(64)}'`],
    ['another tag', `update trust_log set tag = '${'0'.repeat(64)}'`],
    ['a version taken out', `delete from trust_log where kind = 'policy'`],
    [
      'another genesis',
      `update genesis set bundle = replace(bundle, 'sample-custody', 'sample-custodx')`,
    ],
  ])('does not open with %s', (_, sql) => {
    change(sql);
    expect(() => open()).toThrow(StoreError);
  });

  const only = `where key = 'key-warm-1'`;
  test.each([
    ['vault', `update keys set vault = 'warm-9' ${only}`],
    ['tier', `update keys set tier = 'hot' ${only}`],
    ['chain', `update keys set chain = 'solana:other' ${only}`],
    ['epoch', `update keys set epoch = 2 ${only}`],
    ['ceremony', `update keys set ceremony = '${'0'.repeat(64)}' ${only}`],
    [
      'threshold',
      `update keys set group_key = replace(group_key, '"threshold":2', '"threshold":3') ${only}`,
    ],
    ['state', `update keys set state = 'prepared' ${only}`],
    ['operation', `update keys set operation = '${randomUUID()}' ${only}`],
    ['intent', `update keys set intent_digest = '${'0'.repeat(64)}' ${only}`],
    ['transcript', `update keys set transcript = '${'0'.repeat(64)}' ${only}`],
    ['tag', `update keys set tag = '${'0'.repeat(64)}' ${only}`],
    ['tag and owner', `update keys set tag = (select tag from keys where key = 'key-2') ${only}`],
  ])('does not open where the %s of a key was changed', (_, sql) => {
    change(sql);
    expect(() => open()).toThrow(SealError);
  });

  test.each([
    ['bytes are gone', `update keys set sealed = zeroblob(length(sealed)) ${only}`],
    ['bytes are cut', `update keys set sealed = substr(sealed, 1, 20) ${only}`],
    [
      "bytes are another key's",
      `update keys set sealed = (select sealed from keys where key = 'key-2') ${only}`,
    ],
  ])('starts without a share whose %s, says so, and signs nothing with it', async (_, sql) => {
    change(sql);
    const { party, client } = open();
    expect(latestAudit(party.database, 1)).toMatchObject([{ event: 'share-lost' }]);
    const { keys } = must(await partyStatus(client));
    expect(keys).toMatchObject([
      { key: 'key-2', state: 'prepared', usable: false },
      { key: 'key-warm-1', state: 'lost', usable: false, epochs: [{ epoch: 1, state: 'usable' }] },
    ]);
    const intent = withdrawalIntent(vault.destination);
    const raw = transferFor(vault, intent, randomNonce());
    const asked = await client.call(rpc.signBegin, {
      bundle: custody.organisation.bundle(intent),
      transaction: { chain: raw.chain, message: encodeBase64url(raw.message) },
      quorum: ['control', 'custody'],
    });
    expect(asked).toMatchObject({ refusal: 'share-lost' });
    party.database.close();
  });

  test('a share that was only prepared can not be declared usable', () => {
    change(`update keys set state = 'usable' where key = 'key-2'`);
    expect(() => open()).toThrow(SealError);
  });

  test('does not open with another key-encryption key', () => {
    expect(() => open(new Uint8Array(32).fill(9))).toThrow(SealError);
  });

  test('a destination slipped into the list stops the decision', async () => {
    change(`update destinations set address = '${randomAddress()}'`);
    const { party, client } = open();
    const intent = listingIntent({ id: 'acme-treasury', address: randomAddress() });
    await expect(adopt(client, custody.organisation.bundle(intent))).rejects.toThrow(StoreError);
    party.database.close();
  });

  test('lost or forged high-water marks stop the start', () => {
    const marks = join(folder, 'high-water.json');
    writeFileSync(marks, JSON.stringify({ marks: { 'key-warm-1': 1 }, tag: '0' }));
    expect(() => open()).toThrow('high-water marks were changed');
    rmSync(marks);
    expect(() => open()).toThrow('high-water marks are missing');
  });

  const ownKek = keyEncryptionKey(kek.slice());
  const marksNow = () => {
    const marks = readMarks(folder, ownKek);
    if (!marks?.trust) throw new Error('There are marks of a pinned party.');
    return { ...marks, trust: marks.trust };
  };

  test('a database with a key of a lower epoch than marked does not open', () => {
    const marks = marksNow();
    const keys = marks.keys.map((mark) => ({ ...mark, epoch: 2 }));
    writeMarks(folder, ownKek, { ...marks, keys });
    expect(() => open()).toThrow('A key is behind the high-water marks');
  });

  test('a database with a key that is not usable yet, and was, does not open', () => {
    const marks = marksNow();
    const keys = marks.keys.map((mark) => ({ ...mark, state: 'usable' as const }));
    writeMarks(folder, ownKek, { ...marks, keys });
    expect(() => open()).toThrow('A key is behind the high-water marks');
  });

  test.each([
    ['a key is gone', `delete from keys where key = 'key-2'`, 'A key is behind'],
    ["the end of the party's own record is gone", 'delete from audit where seq > 3', 'own record'],
    [
      'a later entry of it was changed',
      `update audit set hash = '${'0'.repeat(64)}'`,
      'own record',
    ],
  ])('does not open where %s', (_, sql, sentence) => {
    change(sql);
    expect(() => open()).toThrow(sentence);
  });

  test('does not open where versions were cut off the end of the trust log', async () => {
    const first = open();
    const change = custody.organisation.bundle(rosterChangeIntent(custody.organisation.roster));
    must(await adopt(first.client, change));
    first.party.database.close();
    cutRoster();
    expect(() => open()).toThrow('The roster is behind the high-water marks');
  });

  const cutRoster = (): void =>
    change(`delete from trust_log where kind = 'roster' and version = 2`);

  test('killed between the commit and its mark it opens, and the next start marks what is there', async () => {
    const before = readFileSync(join(folder, 'high-water.json'));
    const first = open();
    const change = custody.organisation.bundle(rosterChangeIntent(custody.organisation.roster));
    must(await adopt(first.client, change));
    first.party.database.close();
    writeFileSync(join(folder, 'high-water.json'), before);
    const again = open();
    expect(again.party.trust?.roster.version).toBe(2);
    again.party.database.close();
    cutRoster();
    expect(() => open()).toThrow('The roster is behind the high-water marks');
  });

  test('killed while a mark was being written it opens: half a line counts for nothing', () => {
    const whole = marksNow();
    appendFileSync(join(folder, 'high-water.json'), '{"mark":{"audit":{"length":9');
    const { party } = open();
    expect(marksNow().audit.length).toBeGreaterThanOrEqual(whole.audit.length);
    party.database.close();
  });

  test('a mark of the record alone is taken together with what was marked before', () => {
    const { party } = open();
    const before = marksNow();
    note(party, { event: 'started' });
    raiseRecordMark(party);
    const after = marksNow();
    expect(after).toEqual({ ...before, audit: after.audit });
    expect(after.audit.length).toBe(before.audit.length + 1);
    party.database.close();
    change(`delete from audit where seq = ${after.audit.length}`);
    expect(() => open()).toThrow('own record');
  });

  test('marks begin a new file before they fill the disk', () => {
    const { party } = open();
    const path = join(folder, 'high-water.json');
    raiseRecordMark(party);
    const last = readFileSync(path, 'utf8').trimEnd().split('\n').at(-1) ?? '';
    appendFileSync(path, `${last}\n`.repeat(Math.ceil((1024 * 1024) / last.length)));
    const before = marksNow();
    raiseRecordMark(party);
    expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(2);
    expect(marksNow()).toEqual(before);
    party.database.close();
  });

  test('a party that can not mark how far it came answers nothing until it is restarted', async () => {
    const { party, client } = open();
    const marks = join(folder, 'high-water.json.new');
    mkdirSync(marks);
    const bundle = custody.organisation.bundle(rosterChangeIntent(custody.organisation.roster));
    await expect(adopt(client, bundle)).rejects.toThrow();
    await expect(adopt(client, bundle)).rejects.toThrow();
    expect(party.trust?.roster.version).toBe(2);
    rmSync(marks, { recursive: true });
    const again = open();
    must(await adopt(again.client, bundle));
    again.party.database.close();
  });

  test('a sandbox genesis does not open in production', () => {
    const { party } = open();
    party.database.close();
    const config = { ...party.config, mode: 'production' as const };
    const kekAgain = keyEncryptionKey(kek.slice());
    const opening = { config, kek: kekAgain, log: () => undefined, now: () => new Date() };
    expect(() => createParty(opening)).toThrow('one of sandbox');
  });
});
