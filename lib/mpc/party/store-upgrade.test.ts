/** A data folder of the version before opens with everything that was in it. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { adopt } from '../client/party-client.ts';
import { signTransaction } from '../client/sign-transaction.ts';
import { must, randomNonce, transferFor } from '../testing/custody.ts';
import { openLocalCustody, openLocalParty } from '../testing/in-process.ts';
import { withdrawalIntent } from '../testing/organisation.ts';
import { openVaultedCustody } from '../testing/vaulted.ts';
import { encodeBase64url, toHex } from '../wire/encoding.ts';
import { rpc } from '../wire/rpc.ts';
import { alone, freezeIntent, releaseOf } from '../testing/stops.ts';
import { openDatabase, StoreError } from './store/database.ts';
import { standingFreezes } from './store/stops.ts';

/** What was done to the tables since version 7, undone. */
const WITHOUT_PAIRS = `
  drop table pairs;
  pragma user_version = 7;`;

/** Since version 6. */
const WITHOUT_PARTS = `
  ${WITHOUT_PAIRS}
  drop table tie_uses;
  alter table ties drop column parts;
  alter table ties add column signature text;
  update ties set signature = signatures ->> 0 where signatures is not null;
  alter table ties drop column signatures;
  pragma user_version = 6;`;

const BEFORE = `
  ${WITHOUT_PARTS}
  alter table freezes rename to later;
  create table freezes (operation text primary key, scope text not null, intent_digest text not null,
    frozen_at text not null, released_at text, released_by text, tag text not null) strict;
  insert into freezes select * from later;
  drop table later;
  pragma user_version = 5;`;

test('freezes of version 5 stand, one that was released does not, and an older version is refused', async () => {
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

test('what an operation is tied to stays, and a signature of before there were parts is given again', async () => {
  const { custody, vault, kekOf } = await openVaultedCustody();
  try {
    const { organisation } = custody;
    const clients = custody.parties.slice(0, 2).map(({ client }) => client);
    const intent = withdrawalIntent(vault.destination);
    const bundle = organisation.bundle(intent);
    const transaction = transferFor(vault, intent, randomNonce());
    const signed = must(await signTransaction({ clients, bundle, transaction }));
    const [{ party, folder }] = custody.parties;
    party.database.close();
    const file = new DatabaseSync(join(folder, 'party.db'));
    file.exec(WITHOUT_PARTS);
    file.close();
    const again = openLocalParty('control', { ahead: 0 }, { folder, kek: kekOf('control') });
    const message = encodeBase64url(transaction.message);
    const { chain } = transaction;
    const answer = await again.client.call(rpc.signBegin, {
      bundle,
      transaction: { chain, message },
      quorum: ['control', 'custody'],
    });
    expect(must(answer)).toMatchObject({
      state: 'signed',
      signatures: signed.signatures.map(toHex),
    });
    again.party.database.run('update ties set signatures = null');
    const settle = (signatures: string[]) =>
      again.client.call(rpc.signSettle, { operation: intent.operation, message, signatures });
    expect(await settle(['00'.repeat(64)])).toMatchObject({ refusal: 'final-signature-invalid' });
    expect(must(await settle(signed.signatures.map(toHex)))).toMatchObject({ state: 'signed' });
    again.party.database.close();
  } finally {
    custody.remove();
  }
});
