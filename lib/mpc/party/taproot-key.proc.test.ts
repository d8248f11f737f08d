/** A key on secp256k1 for taproot, over its life in parties that are processes of their own. */
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accountAddress } from '#lib/chains/account-address.ts';
import { joinParts } from '../backup/join-parts.ts';
import { openArchive, type OpenedShare } from '../backup/open-archive.ts';
import { readPart } from '../backup/part-text.ts';
import { rebuildKey } from '../backup/rebuild-key.ts';
import { valueOf } from '../backup/testing/vault.ts';
import { runKeyBackup } from '../client/key-backup.ts';
import { runKeyCeremony } from '../client/key-ceremony.ts';
import { runKeyRefresh } from '../client/key-refresh.ts';
import { runKeyRepair } from '../client/key-repair.ts';
import { adopt, partyStatus } from '../client/party-client.ts';
import { makeGroups, namingIntent } from '../testing/custodians.ts';
import { holdGenesis, must, removeAll, startParties, type Custody } from '../testing/custody.ts';
import {
  keyBackupIntent,
  keyCeremonyIntent,
  keyRefreshIntent,
  keyRepairIntent,
  taprootKey,
} from '../testing/organisation.ts';
import { fromHex } from '../wire/encoding.ts';
import { rpc } from '../wire/rpc.ts';
import { openDatabase } from './store/database.ts';

describe('a key on secp256k1 in processes of their own', () => {
  let custody: Custody;
  let publicKey = '';

  beforeAll(async () => {
    custody = await startParties();
    await holdGenesis(custody);
    const intent = keyCeremonyIntent('key-warm-1', 'warm-1', undefined, taprootKey);
    const made = must(await runKeyCeremony(clients(), custody.organisation.bundle(intent)));
    ({ publicKey } = made);
  });
  afterAll(() => removeAll(custody));

  const clients = () => custody.parties.map(({ client }) => client);
  const keys = () =>
    Promise.all(clients().map(async (client) => must(await partyStatus(client)).keys[0]));
  const address = () =>
    accountAddress({ ...taprootKey, publicKey: fromHex(publicKey), owner: null });

  async function isWhole(epoch: number): Promise<void> {
    for (const key of await keys())
      expect(key).toMatchObject({ ...taprootKey, publicKey, epoch, state: 'usable', usable: true });
  }

  test('is one point of 33 bytes at every party, and its suite is in the status', async () => {
    expect(publicKey).toMatch(/^0[23][0-9a-f]{64}$/);
    expect(() => secp256k1.Point.fromHex(publicKey)).not.toThrow();
    await isWhole(1);
  });

  test('has an address that every holder signs for, with the suite', async () => {
    expect(address()).toMatch(/^bcrt1p/);
    for (const client of clients()) {
      const { receipt } = must(await client.call(rpc.vaultReceipt, { key: 'key-warm-1' }));
      expect(receipt).toMatchObject({ ...taprootKey, address: address(), publicKey });
    }
  });

  test('is still there after a restart', async () => {
    for (const party of custody.parties) {
      await party.stop();
      await party.start();
    }
    await Promise.all(custody.parties.map((party) => party.heard()));
    await isWhole(1);
  });

  test('is refreshed, and its new shares sign together before the old ones go', async () => {
    const bundle = custody.organisation.bundle(keyRefreshIntent(1));
    expect(must(await runKeyRefresh(clients(), bundle)).publicKey).toBe(publicKey);
    await isWhole(2);
  });

  test('is repaired where a party lost its share', async () => {
    const [, party] = custody.parties;
    if (!party) throw new Error('missing');
    await party.kill();
    const database = openDatabase(party.data);
    expect(database.run('update keys set sealed = zeroblob(length(sealed))')).toBe(1);
    database.close();
    await party.start();
    await Promise.all(custody.parties.map((party) => party.heard()));
    const intent = keyRepairIntent('custody', ['control', 'recovery'], 2);
    const bundle = custody.organisation.bundle(intent);
    expect(must(await runKeyRepair(clients(), bundle)).publicKey).toBe(publicKey);
    await isWhole(2);
  });

  test('is rebuilt from the backups of any two parties', async () => {
    const { roster } = custody.organisation;
    const groups = await makeGroups(roster, ['control', 'custody', 'recovery']);
    const naming = custody.organisation.bundle(namingIntent(roster, groups));
    for (const client of clients()) must(await adopt(client, naming));
    const bundle = custody.organisation.bundle(keyBackupIntent(2));
    const { archives } = must(await runKeyBackup(clients(), bundle));
    const opened = await Promise.all(
      archives.map(async (archive): Promise<OpenedShare> => {
        const made = groups.get(archive.party);
        if (!made) throw new Error('missing');
        const parts = made.parts.slice(0, 2).map(({ text }) => valueOf(readPart(text)));
        const { organisation, environment } = roster;
        const of = { organisation, environment, group: made.record.group, record: made.record };
        return valueOf(await openArchive(archive, valueOf(await joinParts(of, parts))));
      }),
    );
    for (const left of opened) {
      const key = valueOf(rebuildKey(opened.filter((share) => share !== left)));
      expect(key).toMatchObject({ suite: taprootKey.suite, publicKey, address: address() });
      key.scalar.use((bytes) =>
        expect(Buffer.from(secp256k1.getPublicKey(bytes)).toString('hex')).toBe(publicKey),
      );
    }
    expect(rebuildKey(opened.slice(0, 1))).toMatchObject({ refusal: 'too-few-shares' });
  });
});
