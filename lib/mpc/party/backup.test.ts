import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import { writeArchive, type ShareBackup } from '../backup/archive.ts';
import { joinParts } from '../backup/join-parts.ts';
import { openArchive, type OpenedShare } from '../backup/open-archive.ts';
import { readPart } from '../backup/part-text.ts';
import { rebuildKey } from '../backup/rebuild-key.ts';
import type { Answer } from '../backup/answer.ts';
import { runKeyBackup } from '../client/key-backup.ts';
import { runKeyRefresh } from '../client/key-refresh.ts';
import { adopt, partyStatus, type PartyClient } from '../client/party-client.ts';
import { makeGroups, namingIntent, type TestGroup } from '../testing/custodians.ts';
import { must, type Vault } from '../testing/custody.ts';
import { openFragileVault, places, type FragileCustody } from '../testing/fragile.ts';
import { keyBackupIntent, keyRefreshIntent } from '../testing/organisation.ts';
import { keyLifeRpc } from '../wire/key-life-rpc.ts';
import { findShare, keysOf } from './party.ts';
import { takeNo } from './take-no.ts';

function valueOf<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(answer.refusal);
  return answer.value;
}

describe('backups of the shares of a key', () => {
  let fragile: FragileCustody;
  let vault: Vault;
  let groups: Map<string, TestGroup>;
  const archives = new Map<number, ShareBackup[]>();

  const organisation = () => fragile.custody.organisation;
  const names = ['control', 'custody', 'recovery'];

  async function nameGroups(generation: number): Promise<void> {
    const { trust } = fragile.at(0).party;
    if (!trust) throw new Error('missing');
    groups = await makeGroups(trust.roster, names, generation);
    const bundle = organisation().bundle(namingIntent(trust.roster, groups));
    for (const client of fragile.clients) must(await adopt(client, bundle));
  }

  beforeAll(async () => {
    ({ fragile, vault } = await openFragileVault());
  });
  afterAll(() => fragile.custody.remove());

  const newBundle = (epoch: number) => organisation().bundle(keyBackupIntent(epoch));
  const backUp = (bundle: OperationBundle, clients: readonly PartyClient[] = fragile.clients) =>
    runKeyBackup(clients, bundle);
  const coverage = async () =>
    Promise.all(
      fragile.clients.map(async (client) => {
        const [key] = must(await partyStatus(client)).keys;
        return [key?.epoch, key?.backedUpEpoch];
      }),
    );

  /** What custodians of one party's group find in an archive. */
  async function open(archive: ShareBackup): Promise<OpenedShare> {
    const of = groups.get(archive.party);
    if (!of) throw new Error('missing');
    const parts = of.parts.slice(0, 2).map(({ text }) => valueOf(readPart(text)));
    const { organisation: name, environment } = archive;
    const group = { organisation: name, environment, group: of.record.group, record: of.record };
    return valueOf(await openArchive(archive, valueOf(await joinParts(group, parts))));
  }

  test('can not be made before the roster names custodians for every party', async () => {
    expect(await backUp(newBundle(1))).toMatchObject({ refusal: 'backup-group-missing' });
    expect(await coverage()).toEqual(places.map(() => [1, null]));
    await nameGroups(0);
  });

  test('hold exactly the shares, open with parts of the own group, and rebuild the key', async () => {
    const made = must(await backUp(newBundle(1)));
    expect(made).toMatchObject({ key: 'key-warm-1', epoch: 1, publicKey: vault.publicKey });
    expect(made.archives.map(({ party }) => party)).toEqual(names);
    archives.set(1, made.archives);
    for (const place of places) {
      const { party } = fragile.at(place);
      const archive = made.archives[place];
      const record = keysOf(party)[0];
      if (!archive || !record) throw new Error('missing');
      const { share } = await open(archive);
      const own = findShare(party, record);
      expect(share.use((bytes) => Buffer.from(bytes).equals(own ?? Buffer.alloc(0)))).toBe(true);
    }
    const two = await Promise.all(made.archives.slice(1).map(open));
    expect(valueOf(rebuildKey(two)).publicKey).toBe(vault.publicKey);
    expect(await coverage()).toEqual(places.map(() => [1, 1]));
  });

  test('are the same when the same operation asks again, also after a restart', async () => {
    const bundle = newBundle(1);
    const first = must(await backUp(bundle));
    for (const place of places) fragile.restart(place);
    expect(must(await backUp(bundle)).archives.map(writeArchive)).toEqual(
      first.archives.map(writeArchive),
    );
  });

  test('asked for while a party is killed are there when it is back', async () => {
    const bundle = newBundle(1);
    const stopped = await runKeyBackup(fragile.clients, bundle, {
      onRound: (round) => {
        if (round === 'collect') fragile.kill(1);
      },
    });
    expect(stopped).toMatchObject({ refusal: 'party-unreachable', party: 'custody' });
    fragile.start(1);
    must(await backUp(bundle));
  });

  test('of an epoch that was refreshed count for nothing, and fit nothing newer', async () => {
    must(await runKeyRefresh(fragile.clients, organisation().bundle(keyRefreshIntent(1))));
    expect(await coverage()).toEqual(places.map(() => [2, 1]));
    expect(await backUp(newBundle(1))).toMatchObject({ refusal: 'key-epoch-differs' });
    const made = must(await backUp(newBundle(2)));
    expect(await coverage()).toEqual(places.map(() => [2, 2]));
    const [old] = archives.get(1) ?? [];
    const [, fresh, other] = made.archives;
    if (!old || !fresh || !other) throw new Error('missing');
    const mixed = rebuildKey([await open(old), await open(fresh)]);
    expect(mixed).toMatchObject({ refusal: 'shares-of-different-epochs' });
    expect(valueOf(rebuildKey([await open(fresh), await open(other)])).publicKey).toBe(
      vault.publicKey,
    );
  });

  test('for custodians that the roster no longer names count for nothing', async () => {
    await nameGroups(1);
    expect(await coverage()).toEqual(places.map(() => [2, null]));
    must(await backUp(newBundle(2)));
    expect(await coverage()).toEqual(places.map(() => [2, 2]));
  });

  test('of an operation that people rejected are not made, and one that was never asked for is unknown', async () => {
    const bundle = newBundle(2);
    const no = organisation().say('adam', 'reject', bundle.intent);
    for (const place of places) takeNo(fragile.at(place).party, no);
    expect(await backUp(bundle)).toMatchObject({ refusal: 'attempt-ended' });
    const { operation } = bundle.intent;
    expect(await fragile.clients[0].call(keyLifeRpc.backupCollect, { operation })).toMatchObject({
      refusal: 'backup-unknown',
    });
  });

  test('rejected while they are sealed are not kept', async () => {
    const bundle = newBundle(2);
    const { operation } = bundle.intent;
    must(await fragile.clients[0].call(keyLifeRpc.backupBegin, { bundle }));
    takeNo(fragile.at(0).party, organisation().say('adam', 'reject', bundle.intent));
    await expect
      .poll(async () => {
        const asked = await fragile.clients[0].call(keyLifeRpc.backupCollect, { operation });
        return asked.ok ? 'sealed' : asked.refusal;
      })
      .toBe('attempt-ended');
  });

  test('of a party that lost its share are refused', async () => {
    const { party } = fragile.at(1);
    const bytes = party.database.one('select sealed from keys')?.['sealed'] as Uint8Array;
    party.database.run('update keys set sealed = zeroblob(60)');
    fragile.restart(1);
    expect(await backUp(newBundle(2))).toMatchObject({ refusal: 'share-lost', party: 'custody' });
    fragile.at(1).party.database.run('update keys set sealed = ?', bytes);
    fragile.restart(1);
  });

  test('that a party forges are not taken', async () => {
    const [genuine] = must(await backUp(newBundle(2))).archives;
    if (!genuine) throw new Error('missing');
    const lying = (change: Partial<ShareBackup>): PartyClient => {
      const [client] = fragile.clients;
      return {
        ...client,
        call: async (method, request) => {
          if (method.path !== keyLifeRpc.backupCollect.path) return client.call(method, request);
          return { ok: true, value: method.answer.parse({ archive: { ...genuine, ...change } }) };
        },
      };
    };
    const [, second, third] = fragile.clients;
    for (const change of [
      { ciphertext: '00'.repeat(48) },
      { signature: '00'.repeat(64) },
      { epoch: 1 },
      { party: 'custody' },
    ])
      expect(await backUp(newBundle(2), [lying(change), second, third])).toMatchObject({
        refusal: 'party-answer-invalid',
        party: 'control',
      });
  });
});
