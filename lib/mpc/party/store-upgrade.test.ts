/** A data folder of the version before opens with everything that was in it. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { adopt } from '../client/party-client.ts';
import { must } from '../testing/custody.ts';
import { openLocalCustody, openLocalParty } from '../testing/in-process.ts';
import { alone, freezeIntent, releaseOf } from '../testing/stops.ts';
import { openDatabase, StoreError } from './store/database.ts';
import { standingFreezes } from './store/stops.ts';

const BEFORE = `
  alter table freezes rename to later;
  create table freezes (operation text primary key, scope text not null, intent_digest text not null,
    frozen_at text not null, released_at text, released_by text, tag text not null) strict;
  insert into freezes select * from later;
  drop table later;
  pragma user_version = 5;`;

test('freezes of the version before stand, one that was released does not, and an older version is refused', async () => {
  const kek = new Uint8Array(randomBytes(32));
  const custody = openLocalCustody(() => kek);
  try {
    const { client, party, folder } = custody.parties[0];
    const [kept, gone] = [freezeIntent({ what: 'asset', asset: 'SOL' }), freezeIntent()];
    for (const freeze of [kept, gone])
      must(await adopt(client, alone(custody.organisation, freeze)));
    must(await adopt(client, releaseOf(custody.organisation, gone.operation)));
    const before = standingFreezes(party.database, party.kek);
    expect(before).toMatchObject([{ operation: kept.operation }]);
    party.database.close();
    const path = join(folder, 'party.db');
    const file = new DatabaseSync(path);
    file.exec(BEFORE);
    file.close();
    const again = openLocalParty('control', { ahead: 0 }, { folder, kek });
    expect(standingFreezes(again.party.database, again.party.kek)).toEqual(before);
    const same = { ...freezeIntent(), operation: kept.operation };
    must(await adopt(again.client, alone(custody.organisation, same)));
    expect(standingFreezes(again.party.database, again.party.kek)).toHaveLength(2);
    again.party.database.close();
    const older = new DatabaseSync(path);
    older.exec('pragma user_version = 4');
    older.close();
    expect(() => openDatabase(folder)).toThrow(StoreError);
  } finally {
    custody.remove();
  }
});
