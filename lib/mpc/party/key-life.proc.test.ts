import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import { runKeyBackup } from '../client/key-backup.ts';
import { runKeyRefresh, type RefreshRound } from '../client/key-refresh.ts';
import { runKeyRepair, type RepairRound } from '../client/key-repair.ts';
import { adopt, partyStatus } from '../client/party-client.ts';
import { signTransaction } from '../client/sign-transaction.ts';
import { makeGroups, namingIntent } from '../testing/custodians.ts';
import {
  holdGenesis,
  must,
  openVault,
  randomNonce,
  removeAll,
  startParties,
  transferFor,
  type Custody,
  type Vault,
} from '../testing/custody.ts';
import {
  keyBackupIntent,
  keyRefreshIntent,
  keyRepairIntent,
  withdrawalIntent,
} from '../testing/organisation.ts';
import type { PartyProcess } from '../testing/party-process.ts';
import { openDatabase } from './store/database.ts';

const isLong = process.env['COUNTERSIGN_LONG_TESTS'] !== undefined;

const refreshRounds: RefreshRound[] = [
  'begin',
  'reveal',
  'deal',
  'finish',
  'prove',
  'confirm',
  'activate',
  'erase',
];
const repairRounds: RepairRound[] = ['begin', 'reveal', 'echo', 'deal', 'sum', 'finish'];

/** Every round with every party in the long run; each round with one of them, in turn, in the short. */
const cases = <R>(rounds: readonly R[]): (readonly [R, number])[] =>
  rounds.flatMap((round, at) =>
    [0, 1, 2].filter((place) => isLong || place === at % 3).map((place) => [round, place] as const),
  );

describe('a key over its life in processes that are killed', () => {
  let custody: Custody;
  let vault: Vault;
  let epoch = 1;

  beforeAll(async () => {
    custody = await startParties();
    await holdGenesis(custody);
    vault = await openVault(custody);
  });
  afterAll(() => removeAll(custody));

  const at = (place: number): PartyProcess => {
    const party = custody.parties[place];
    if (!party) throw new Error('missing');
    return party;
  };
  const clients = () => custody.parties.map(({ client }) => client);
  const newRefresh = () => custody.organisation.bundle(keyRefreshIntent(epoch));
  const refresh = (
    bundle: OperationBundle,
    onRound: (round: RefreshRound) => void | Promise<void> = () => undefined,
  ) => runKeyRefresh(clients(), bundle, { onRound });

  /** Parties that were off bring each other up to date within seconds, and take no part before. */
  const upToDate: readonly string[] = ['peer-heads-differ', 'peer-word-missing'];

  async function sign(tries = 5): Promise<string> {
    const intent = withdrawalIntent(vault.destination);
    const signed = await signTransaction({
      clients: clients().slice(0, 2),
      bundle: custody.organisation.bundle(intent),
      transaction: transferFor(vault, intent, randomNonce()),
    });
    if (signed.ok) return 'signed';
    if (!upToDate.includes(signed.refusal) || tries === 1) return signed.refusal;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    return sign(tries - 1);
  }

  const keys = async () =>
    Promise.all(clients().map(async (client) => must(await partyStatus(client)).keys[0]));

  async function isWhole(): Promise<void> {
    for (const key of await keys())
      expect(key).toMatchObject({
        epoch,
        state: 'usable',
        publicKey: vault.publicKey,
        epochs: [{ epoch, state: 'usable' }],
      });
    expect(await sign()).toBe('signed');
  }

  const once = <R>(round: R, action: () => Promise<void>): ((reached: R) => Promise<void>) => {
    let done = false;
    return async (reached) => {
      if (done || reached !== round) return;
      done = true;
      await action();
    };
  };

  test.each(cases(refreshRounds))(
    'refresh, killed before %s at party %i: all end on one epoch that signs',
    async (round, place) => {
      const bundle = newRefresh();
      const stopped = await refresh(
        bundle,
        once<RefreshRound>(round, () => at(place).kill()),
      );
      expect(stopped).toMatchObject({ ok: false, refusal: 'party-unreachable' });
      await at(place).start();
      must(await refresh(bundle));
      epoch += 1;
      await isWhole();
    },
  );

  test.each(['confirm', 'activate', 'erase'] as const)(
    'refresh, all killed before %s: all end on one epoch that signs',
    async (round) => {
      const bundle = newRefresh();
      await refresh(
        bundle,
        once<RefreshRound>(round, async () => {
          await Promise.all(custody.parties.map((party) => party.kill()));
        }),
      );
      await Promise.all(custody.parties.map((party) => party.start()));
      await Promise.all(custody.parties.map((party) => party.heard()));
      if (round !== 'activate') expect(await sign()).toBe('signed');
      must(await refresh(bundle));
      epoch += 1;
      await isWhole();
    },
  );

  test('killed with all confirmations on their way, two are on different epochs until one passes them on', async () => {
    const bundle = newRefresh();
    const stopped = await refresh(
      bundle,
      once<RefreshRound>('activate', async () => {
        await Promise.all([at(1).kill(), at(2).kill()]);
      }),
    );
    expect(stopped).toMatchObject({ refusal: 'party-unreachable' });
    await at(1).start();
    expect((await partyStatus(at(0).client)).ok).toBe(true);
    const [first, second] = await Promise.all(
      [0, 1].map(async (place) => must(await partyStatus(at(place).client)).keys[0]?.epoch),
    );
    expect([first, second]).toEqual([epoch + 1, epoch]);
    expect(await sign()).toBe('envelope-wrong-epoch');
    // The third is still off; the two go on without it.
    expect(await refresh(bundle)).toMatchObject({
      refusal: 'party-unreachable',
      party: 'recovery',
    });
    expect(await sign()).toBe('signed');
    await at(2).start();
    must(await refresh(bundle));
    epoch += 1;
    await isWhole();
  });

  test('a signature that is under way while a key is refreshed comes out all the same', async () => {
    const bundle = newRefresh();
    const intent = withdrawalIntent(vault.destination);
    const signed = await signTransaction({
      clients: clients().slice(0, 2),
      bundle: custody.organisation.bundle(intent),
      transaction: transferFor(vault, intent, randomNonce()),
      onRound: once<string>('share', async () => void must(await refresh(bundle))),
    });
    epoch += 1;
    expect(signed.ok).toBe(true);
    await isWhole();
  });

  async function loseShare(place: number): Promise<void> {
    await at(place).kill();
    const database = openDatabase(at(place).data);
    expect(database.run('update keys set sealed = zeroblob(length(sealed))')).toBe(1);
    database.close();
    await at(place).start();
    expect((await keys())[place]).toMatchObject({ state: 'lost', usable: false });
  }

  test.each(cases(repairRounds))(
    'repair, killed before %s at party %i: asked again it is through',
    async (round, place) => {
      await loseShare(1);
      const names = ['control', 'recovery'];
      const bundle = custody.organisation.bundle(keyRepairIntent('custody', names, epoch));
      const onRound = once<RepairRound>(round, () => at(place).kill());
      await runKeyRepair(clients(), bundle, { onRound });
      await at(place).start();
      expect(must(await runKeyRepair(clients(), bundle)).publicKey).toBe(vault.publicKey);
      await isWhole();
    },
  );

  test('backup, killed while it seals: asked again every party has sealed its share', async () => {
    const { roster } = custody.organisation;
    const groups = await makeGroups(
      roster,
      custody.parties.map(({ name }) => name),
    );
    const naming = custody.organisation.bundle(namingIntent(roster, groups));
    for (const client of clients()) must(await adopt(client, naming));
    const bundle = custody.organisation.bundle(keyBackupIntent(epoch));
    const stopped = await runKeyBackup(clients(), bundle, {
      onRound: once<string>('collect', () => at(0).kill()),
    });
    expect(stopped).toMatchObject({ refusal: 'party-unreachable', party: 'control' });
    await at(0).start();
    expect(must(await runKeyBackup(clients(), bundle)).archives).toHaveLength(3);
    expect((await keys()).map((key) => key?.backedUpEpoch)).toEqual([epoch, epoch, epoch]);
    must(await refresh(newRefresh()));
    epoch += 1;
    expect((await keys()).map((key) => key?.backedUpEpoch)).toEqual([0, 1, 2].map(() => epoch - 1));
  });

  describe('a copy of a data folder from before a refresh', () => {
    let copy: string;
    beforeAll(async () => {
      copy = mkdtempSync(join(tmpdir(), 'cs-before-'));
      await at(0).kill();
      cpSync(at(0).data, copy, { recursive: true, filter: (path) => !path.endsWith('.sock') });
      await at(0).start();
      must(await refresh(newRefresh()));
      epoch += 1;
      await isWhole();
    });
    afterAll(() => rmSync(copy, { recursive: true }));

    test('put back as a database only, beside the marks of today, does not start', async () => {
      await at(0).kill();
      const today = mkdtempSync(join(tmpdir(), 'cs-today-'));
      cpSync(at(0).data, today, { recursive: true, filter: (path) => !path.endsWith('.sock') });
      for (const name of ['party.db', 'party.db-wal', 'party.db-shm'])
        rmSync(join(at(0).data, name), { force: true });
      cpSync(join(copy, 'party.db'), join(at(0).data, 'party.db'));
      await expect(at(0).start()).rejects.toThrow('behind the high-water marks');
      rmSync(join(at(0).data, 'party.db'));
      cpSync(today, at(0).data, { recursive: true });
      rmSync(today, { recursive: true });
      await at(0).start();
      await isWhole();
    });

    test('put back as a whole starts, and takes part in nothing', async () => {
      await at(0).kill();
      rmSync(at(0).data, { recursive: true });
      cpSync(copy, at(0).data, { recursive: true });
      await at(0).start();
      const status = must(await partyStatus(at(0).client));
      expect(status).toMatchObject({ word: 'behind', keys: [{ epoch: epoch - 1 }] });
      expect(await sign()).toBe('own-store-behind');
      expect(await refresh(custody.organisation.bundle(keyRefreshIntent(epoch - 1)))).toMatchObject(
        {
          ok: false,
        },
      );
    });
  });
});
