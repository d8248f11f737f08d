import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { runKeyCeremony, type CeremonyRound } from '../client/key-ceremony.ts';
import { adopt } from '../client/party-client.ts';
import { randomAddress } from '../testing/custody.ts';
import {
  openLocalCustody,
  openLocalParty,
  openLocalVault,
  type LocalCustody,
} from '../testing/in-process.ts';
import { keyCeremonyIntent, listingIntent } from '../testing/organisation.ts';
import { keyEncryptionKey, SealError } from './seal.ts';
import { findAuditBreak } from './store/audit.ts';
import { openDatabase, StoreError } from './store/database.ts';
import { raiseHighWater } from './store/high-water.ts';

const kek = new Uint8Array(randomBytes(32));

describe('a store that was changed behind the party', () => {
  let custody: LocalCustody;
  let folder: string;

  beforeAll(async () => {
    custody = openLocalCustody(() => kek);
    await openLocalVault(custody);
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
    ['bytes', `update keys set sealed = zeroblob(length(sealed)) ${only}`],
    ['owner', `update keys set sealed = (select sealed from keys where key = 'key-2') ${only}`],
  ])('does not open a share whose %s was changed', (_, sql) => {
    change(sql);
    expect(() => open()).toThrow(SealError);
  });

  test('a share that was only prepared can not be declared usable', () => {
    change(`update keys set state = 'usable' where key = 'key-2'`);
    expect(() => open()).toThrow(StoreError);
    raiseHighWater(folder, keyEncryptionKey(kek.slice()), 'key-2', 1);
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

  test('a database older than its high-water marks does not open', () => {
    const { party } = open();
    const raised = { 'key-warm-1': 2 };
    const tag = party.kek.authenticate('countersign/high-water/v1', JSON.stringify(raised));
    party.database.close();
    writeFileSync(join(folder, 'high-water.json'), JSON.stringify({ marks: raised, tag }));
    expect(() => open()).toThrow('older than its high-water mark');
  });
});
