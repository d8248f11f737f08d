import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addressOf } from '#lib/chains/solana/address.ts';
import { runKeyCeremony } from '../client/key-ceremony.ts';
import { adopt } from '../client/party-client.ts';
import { signTransaction } from '../client/sign-transaction.ts';
import {
  holdGenesis,
  must,
  openVault,
  randomAddress,
  randomNonce,
  removeAll,
  startParties,
  transferFor,
  type Custody,
  type Vault,
  only,
} from '../testing/custody.ts';
import { keyCeremonyIntent, listingIntent, transferIntent } from '../testing/organisation.ts';
import { encodeBase64url, toHex } from '../wire/encoding.ts';
import { verifyBytes } from '../wire/identity.ts';
import { rpc } from '../wire/rpc.ts';

describe('a transfer between vaults, asked of parties that are processes of their own', () => {
  let custody: Custody;
  let vault: Vault;
  let hot: { vault: string; address: string };
  const clients = () => custody.parties.slice(0, 2).map(({ client }) => client);

  beforeAll(async () => {
    custody = await startParties();
    await holdGenesis(custody);
    vault = await openVault(custody);
    const { publicKey } = must(
      await runKeyCeremony(
        custody.parties.map(({ client }) => client),
        custody.organisation.bundle(keyCeremonyIntent('key-hot-1', 'hot-1')),
      ),
    );
    const address = addressOf(new Uint8Array(Buffer.from(publicKey, 'hex')));
    hot = { vault: 'hot-1', address };
  });
  afterAll(() => removeAll(custody));

  const answers = async (intent: ReturnType<typeof transferIntent>, paid = intent) => {
    const { chain, message } = transferFor(vault, paid, randomNonce());
    const bundle = custody.organisation.bundle(intent);
    const transaction = { chain, message: encodeBase64url(message) };
    const quorum = ['control', 'custody'];
    const given = await Promise.all(
      clients().map((client) => client.call(rpc.signBegin, { bundle, transaction, quorum })),
    );
    return given.map((answer) => (answer.ok ? 'began' : answer.refusal));
  };

  test('is signed for the destination vault’s own address, survives a restart and counts as having left the key', async () => {
    const intent = transferIntent(hot);
    const bundle = custody.organisation.bundle(intent);
    const transaction = transferFor(vault, intent, randomNonce());
    const signed = must(await signTransaction({ clients: clients(), bundle, transaction }));
    const signature = only(signed.signatures);
    expect(verifyBytes(vault.publicKey, transaction.message, toHex(signature))).toBe(true);
    for (const party of custody.parties) {
      await party.stop();
      await party.start();
    }
    await Promise.all(custody.parties.map((party) => party.heard()));
    const again = must(await signTransaction({ clients: clients(), bundle, transaction }));
    expect(Buffer.from(only(again.signatures))).toEqual(Buffer.from(signature));
  });

  test('to an address that is not the destination vault’s is refused by each party, whatever people signed', async () => {
    const stranger = { vault: 'hot-1', address: randomAddress() };
    const refused = ['transfer-destination-differs', 'transfer-destination-differs'];
    expect(await answers(transferIntent(stranger))).toEqual(refused);
    // One that is listed for a client is no more this vault's.
    expect(await answers(transferIntent({ ...hot, address: vault.destination.address }))).toEqual(
      refused,
    );
    const unknown = ['transfer-destination-unknown', 'transfer-destination-unknown'];
    expect(await answers(transferIntent({ vault: 'hot-9', address: hot.address }))).toEqual(
      unknown,
    );
  });

  test('with a transaction that pays somebody else is refused, however right the intent', async () => {
    const intent = transferIntent(hot);
    const paid = { ...intent, destination: { ...hot, address: randomAddress() } };
    expect(await answers(intent, paid)).toEqual([
      'transaction-recipient-differs',
      'transaction-recipient-differs',
    ]);
  });

  test('can’t be made out of a client’s listing: the parties list none of their own vaults', async () => {
    const listing = custody.organisation.bundle(
      listingIntent({ id: 'hot-1', address: hot.address }),
    );
    const answer = await adopt(clients()[0] ?? expect.fail(), listing);
    expect(answer).toMatchObject({ ok: false, refusal: 'destination-is-own-vault' });
  });
});
