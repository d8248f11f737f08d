import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { spellings } from '../backup/testing/vault.ts';
import { runKeyBackup } from '../client/key-backup.ts';
import { runKeyRefresh } from '../client/key-refresh.ts';
import { runKeyRepair } from '../client/key-repair.ts';
import { adopt, type PartyClient } from '../client/party-client.ts';
import { makeGroups, namingIntent } from '../testing/custodians.ts';
import {
  holdGenesis,
  must,
  openVault,
  removeAll,
  startParties,
  type Custody,
} from '../testing/custody.ts';
import { openLocalParty } from '../testing/in-process.ts';
import { keyBackupIntent, keyRefreshIntent, keyRepairIntent } from '../testing/organisation.ts';
import type { PartyProcess } from '../testing/party-process.ts';
import { findShare, keysOf } from './party.ts';
import { openDatabase } from './store/database.ts';

/** A file that is meant to hold a secret in plain: its own protection is the file system's. */
const KEK = 'kek';

describe('secrets of refresh, repair and backup', () => {
  let custody: Custody;
  const passed: unknown[] = [];
  /** By party, of every epoch. */
  const secrets = new Map<string, Uint8Array[]>();

  /** Everything that a relay hands over and gets back. */
  const recorded = ({ client }: PartyProcess): PartyClient => ({
    ...client,
    call: async (method, request) => {
      const answer = await client.call(method, request);
      passed.push(request, answer);
      return answer;
    },
  });

  /** Opens the folder of a party that is off with its own key-encryption key. */
  function sharesOf({ name, data }: PartyProcess): Uint8Array[] {
    const kek = new Uint8Array(readFileSync(join(data, KEK)));
    const { party } = openLocalParty(name as 'control', { ahead: 0 }, { folder: data, kek });
    const shares = keysOf(party).flatMap((record) => findShare(party, record)?.slice() ?? []);
    party.database.close();
    return shares;
  }

  async function withAllOff(work: (party: PartyProcess) => void): Promise<void> {
    await Promise.all(custody.parties.map((party) => party.kill()));
    for (const party of custody.parties) work(party);
  }

  const keep = (party: PartyProcess): void => {
    const kek = new Uint8Array(readFileSync(join(party.data, KEK)));
    const known = secrets.get(party.name) ?? [kek];
    secrets.set(party.name, [...known, ...sharesOf(party)]);
  };

  beforeAll(async () => {
    custody = await startParties();
    await holdGenesis(custody);
    await openVault(custody);
    await withAllOff(keep);
    await Promise.all(custody.parties.map((party) => party.start()));
    await Promise.all(custody.parties.map((party) => party.heard()));
    const clients = custody.parties.map(recorded);
    const { organisation } = custody;
    must(await runKeyRefresh(clients, organisation.bundle(keyRefreshIntent())));
    const [, lost] = custody.parties as [PartyProcess, PartyProcess];
    await lost.kill();
    const database = openDatabase(lost.data);
    database.run('update keys set sealed = zeroblob(length(sealed))');
    database.close();
    await lost.start();
    const repair = organisation.bundle(keyRepairIntent('custody', ['control', 'recovery'], 2));
    must(await runKeyRepair(clients, repair));
    const groups = await makeGroups(
      organisation.roster,
      custody.parties.map(({ name }) => name),
    );
    const naming = organisation.bundle(namingIntent(organisation.roster, groups));
    for (const client of clients) must(await adopt(client, naming));
    must(await runKeyBackup(clients, organisation.bundle(keyBackupIntent(2))));
    // And ways that go wrong, with secrets in memory.
    for (const round of ['deal', 'finish', 'prove', 'confirm'] as const) {
      const stopped = new Error('The relay stops here.');
      await runKeyRefresh(clients, organisation.bundle(keyRefreshIntent(2)), {
        onRound: (reached) => {
          if (reached === round) throw stopped;
        },
      }).catch((error: unknown) => {
        if (error !== stopped) throw error;
      });
    }
    await withAllOff(keep);
  });
  afterAll(() => removeAll(custody));

  test('are in no file, no line of output and no message that passed', () => {
    const said = Buffer.from(JSON.stringify(passed));
    expect(said.length).toBeGreaterThan(50_000);
    for (const party of custody.parties) {
      const places = [
        ...readdirSync(party.data)
          .filter((name) => !name.endsWith('.sock') && name !== KEK)
          .map((name) => ({ name, bytes: readFileSync(join(party.data, name)) })),
        { name: 'output', bytes: Buffer.from(party.output()) },
        { name: 'messages', bytes: said },
      ];
      expect(places.map(({ name }) => name)).toContain('party.db');
      const own = secrets.get(party.name) ?? [];
      // The key-encryption key, and the shares of the first and the second epoch.
      expect(new Set(own.map((secret) => Buffer.from(secret).toString('hex'))).size).toBe(3);
      for (const secret of own)
        for (const spelling of [Buffer.from(secret), ...spellings(secret)])
          for (const { name, bytes } of places)
            expect([party.name, name, bytes.includes(spelling)]).toEqual([party.name, name, false]);
    }
  });
});
