import { afterEach, expect, test } from 'vitest';
import { keysOf } from '../party/party.ts';
import {
  bytesOf,
  onlineOf,
  openColdCustody,
  openColdVault,
  restart,
  sendOut,
  signAt,
  type ColdCustody,
} from '../testing/cold-custody.ts';
import { travelAll } from '../testing/cold-travel.ts';
import { makeGroups, namingIntent } from '../testing/custodians.ts';
import { must, type Vault } from '../testing/custody.ts';
import { keyBackupIntent, keyRefreshIntent, keyRepairIntent } from '../testing/organisation.ts';
import { finishColdSigning } from './cold-signing.ts';
import { runKeyBackup } from './key-backup.ts';
import { runKeyRefresh } from './key-refresh.ts';
import { runKeyRepair } from './key-repair.ts';
import { adopt, type PartyClient } from './party-client.ts';

let custody: ColdCustody;
afterEach(() => custody.remove());

const members = ['control', 'cold-a', 'cold-b'];
const refresh = () => {
  const bundle = custody.organisation.bundle(keyRefreshIntent(1, 'key-cold-1', members));
  return (clients: readonly PartyClient[]) => runKeyRefresh(clients, bundle);
};

const epochs = () =>
  [custody.control, custody.a, custody.b].map(
    ({ party }) => keysOf(party).find(({ state }) => state === 'usable')?.epoch,
  );

async function signs(vault: Vault): Promise<boolean> {
  const out = await sendOut(custody, vault);
  const answer = signAt(custody.a, custody, out.text);
  const finished = await finishColdSigning(onlineOf(custody), out.trip, bytesOf(answer.text), {
    now: new Date(),
  });
  return finished.ok && finished.value.publicKey === vault.publicKey;
}

test('a cold key is refreshed in ten trips, and signs under the same address', async () => {
  custody = openColdCustody();
  const vault = await openColdVault(custody);
  expect(await travelAll(custody, refresh())).toMatchObject({
    kind: 'done',
    trips: 10,
    value: { epoch: 2, publicKey: vault.publicKey },
  });
  expect(epochs()).toEqual([2, 2, 2]);
  expect(await signs(vault)).toBe(true);
});

test('a refresh that a cold party lost in a restart leaves the epoch before, which signs, and can be begun anew', async () => {
  custody = openColdCustody();
  const vault = await openColdVault(custody);
  const drive = refresh();
  const half = await travelAll(custody, drive, { most: 3 });
  if (half.kind !== 'waiting') throw new Error(half.kind);
  restart(custody.b, custody);
  expect(await travelAll(custody, drive, { from: half.state })).toMatchObject({ kind: 'void' });
  expect(epochs()).toEqual([1, 1, 1]);
  expect(await signs(vault)).toBe(true);
  expect(await travelAll(custody, drive)).toMatchObject({ kind: 'done' });
  expect(epochs()).toEqual([2, 2, 2]);
});

test('a share that a cold party lost is repaired in seven trips with the help of the two others', async () => {
  custody = openColdCustody();
  const vault = await openColdVault(custody);
  custody.a.party.database.run('update keys set sealed = zeroblob(length(sealed))');
  restart(custody.a, custody);
  const lost = await sendOut(custody, vault);
  expect(() => signAt(custody.a, custody, lost.text)).toThrow(/share-lost/u);
  const intent = keyRepairIntent('cold-a', ['control', 'cold-b'], 1, 'key-cold-1');
  const bundle = custody.organisation.bundle(intent);
  const repaired = await travelAll(custody, (clients) => runKeyRepair(clients, bundle));
  expect(repaired).toMatchObject({
    kind: 'done',
    trips: 7,
    value: { party: 'cold-a', publicKey: vault.publicKey },
  });
  expect(await signs(vault)).toBe(true);
});

test('the shares of a cold key are backed up in two trips, each to custodians of its own party', async () => {
  custody = openColdCustody();
  const vault = await openColdVault(custody);
  const { roster } = custody.organisation;
  const groups = await makeGroups(roster, members);
  const naming = custody.organisation.bundle(namingIntent(roster, groups));
  for (const { client } of [custody.control, custody.custody, custody.recovery])
    must(await adopt(client, naming));
  const bundle = custody.organisation.bundle(keyBackupIntent(1, 'key-cold-1', members));
  const backedUp = await travelAll(custody, (clients) => runKeyBackup(clients, bundle));
  if (backedUp.kind !== 'done') throw new Error(JSON.stringify(backedUp));
  expect(backedUp.trips).toBe(2);
  expect(backedUp.value.publicKey).toBe(vault.publicKey);
  expect(backedUp.value.archives.map(({ party }) => party)).toEqual(members);
});
