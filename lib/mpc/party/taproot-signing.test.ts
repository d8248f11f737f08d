/** A payment with several inputs is signed by two parties: all signatures in one session, or none. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addressOf } from '#lib/chains/bitcoin/address.ts';
import { assemble } from '#lib/chains/bitcoin/assemble.ts';
import {
  controlDigest,
  controlPart,
  controlProof,
  isControlProven,
} from '#lib/chains/bitcoin/control-message.ts';
import type { PartyClient } from '../client/party-client.ts';
import { signTransaction } from '../client/sign-transaction.ts';
import { accountOf, bitcoinWithdrawal, CLIENT, outside, paymentFor } from '../testing/bitcoin.ts';
import { must, only, type Vault } from '../testing/custody.ts';
import type { LocalCustody } from '../testing/in-process.ts';
import { controlIntent, taprootKey } from '../testing/organisation.ts';
import { resealed, tampered, type Tamper } from '../testing/tampering.ts';
import { freshPayment, openCustodyOf } from '../testing/withdraw.ts';
import { encodeBase64url } from '../wire/encoding.ts';
import { rpc } from '../wire/rpc.ts';

describe('a payment out of a taproot vault', () => {
  let custody: LocalCustody;
  let vault: Vault;

  beforeAll(async () => {
    ({ custody, vault } = await openCustodyOf(taprootKey));
  });
  afterAll(() => custody.remove());

  const quorum = (...places: number[]): PartyClient[] =>
    places.flatMap((place) => custody.parties[place]?.client ?? []);
  const own = () => accountOf(vault.publicKey, CLIENT);
  const work = (transaction = paymentFor(own(), vault.destination.address)) => ({
    bundle: custody.organisation.bundle(bitcoinWithdrawal(vault.destination)),
    transaction,
  });

  test('is signed by two parties, one signature for each input, and the same whenever asked again', async () => {
    const { bundle, transaction } = work();
    const clients = quorum(0, 1);
    const signed = must(await signTransaction({ clients, bundle, transaction }));
    expect(transaction.parts).toHaveLength(3);
    expect(new Set(transaction.parts.map(({ path }) => path.join())).size).toBe(2);
    expect(signed).toMatchObject({ publicKey: vault.publicKey, signatures: { length: 3 } });
    // Every signature is verified under the account's own keys, by the chain's own code.
    expect(() => assemble(transaction.message, own(), signed.signatures)).not.toThrow();
    const again = must(await signTransaction({ clients, bundle, transaction }));
    expect(again.signatures).toEqual(signed.signatures);
  });

  test('is not taken for signed by the console where one signature is another’s', async () => {
    const transaction = freshPayment(taprootKey, vault);
    const { bundle } = work();
    const { parts } = transaction;
    const other = { ...transaction, parts: [...parts.slice(1), ...parts.slice(0, 1)] };
    expect(
      await signTransaction({ clients: quorum(0, 1), bundle, transaction: other }),
    ).toMatchObject({ refusal: 'party-answer-invalid' });
    must(await signTransaction({ clients: quorum(0, 1), bundle, transaction }));
  });

  test('is not needed to show that the parties control the vault: they sign BIP322’s text', async () => {
    const { receive } = accountOf(vault.publicKey, null);
    const address = addressOf({
      publicKey: new Uint8Array(Buffer.from(receive.publicKey, 'hex')),
      kind: 'p2tr',
      chain: taprootKey.chain,
    });
    const intent = { ...controlIntent(address), chain: taprootKey.chain };
    const [message, part] = [controlDigest(intent), controlPart(intent, receive.path)];
    if (!message || !part) throw new Error('The address is one of Bitcoin.');
    const transaction = { ...taprootKey, message, parts: [part] };
    const bundle = custody.organisation.bundle(intent);
    const signed = must(await signTransaction({ clients: quorum(0, 1), bundle, transaction }));
    const key = new Uint8Array(Buffer.from(receive.publicKey, 'hex'));
    const proof = controlProof(intent, key, only(signed.signatures));
    expect(isControlProven(intent, proof)).toBe(true);
    const other = custody.organisation.bundle({
      ...intent,
      ...controlIntent(outside()),
      chain: taprootKey.chain,
    });
    expect(await answersTo(transaction, other)).toEqual(each('control-message-differs'));
  });

  const withdrawalOf = (amount: string) =>
    custody.organisation.bundle(bitcoinWithdrawal(vault.destination, amount));

  const answersTo = async (
    transaction: { chain: string; message: Uint8Array },
    bundle = work().bundle,
  ) => {
    const { chain, message } = transaction;
    const asked = { chain, message: encodeBase64url(message) };
    const given = await Promise.all(
      quorum(0, 1).map((client) =>
        client.call(rpc.signBegin, {
          bundle,
          transaction: asked,
          quorum: ['control', 'custody'],
        }),
      ),
    );
    return given.map((answer) => (answer.ok ? answer.value.state : answer.refusal));
  };
  const each = (refusal: string) => [refusal, refusal];

  test('is refused by each party where coins of another account pay', async () => {
    for (const owner of [null, 'C-31337']) {
      const foreign = paymentFor(accountOf(vault.publicKey, owner), vault.destination.address);
      expect(await answersTo(foreign)).toEqual(each('transaction-not-a-transfer'));
    }
  });

  test('is refused by each party where it pays somebody else, or another amount', async () => {
    expect(await answersTo(paymentFor(own(), outside('thief')))).toEqual(
      each('transaction-recipient-differs'),
    );
    expect(
      await answersTo(paymentFor(own(), vault.destination.address, { amount: 90_001n })),
    ).toEqual(each('transaction-amount-differs'));
  });

  test('is refused where an input of it serves another operation, also as a further one', async () => {
    const amounts = [30_000n, 31_000n, 32_000n];
    const first = paymentFor(own(), vault.destination.address, { amounts, amount: 80_000n });
    const bundle = withdrawalOf('80000');
    must(await signTransaction({ clients: quorum(0, 1), bundle, transaction: first }));
    // Its tying coin as a further one beside a new coin, and one of its further ones as the tying one.
    const more = { amounts: [...amounts, 99_000n], amount: 120_000n };
    const beside = paymentFor(own(), vault.destination.address, more);
    expect(beside.read.uses).toContain(first.read.conflictKey);
    const alone = paymentFor(own(), vault.destination.address, {
      amounts: [30_000n],
      amount: 25_000n,
    });
    expect(first.read.uses).toContain(alone.read.conflictKey);
    for (const [transaction, amount] of [
      [beside, '120000'],
      [alone, '25000'],
    ] as const)
      expect(await answersTo(transaction, withdrawalOf(amount))).toEqual(
        each('transaction-of-another-operation'),
      );
  });

  const attack = (tamper: Tamper) => {
    const transaction = freshPayment(taprootKey, vault);
    const { bundle } = work();
    const clients = tampered(quorum(0, 1), 'custody', tamper);
    return signTransaction({ clients, bundle, transaction }).then((answer) =>
      answer.ok ? 'signed' : `${answer.refusal}: ${answer.culprit ?? ''}`,
    );
  };
  const identity = () => custody.parties[1].party.identity;
  const changing =
    (path: string, field: string, change: (list: unknown[]) => unknown[]): Tamper =>
    (message) =>
      message.path === path
        ? [
            resealed(identity(), message.sent, {
              payload: { [field]: change(message.sent.envelope.payload[field] as unknown[]) },
            }),
          ]
        : [message.sent];

  test.each<[string, string, string, (list: unknown[]) => unknown[], string]>([
    ['a promise too few', rpc.signShare.path, 'commitments', (l) => l.slice(1), 'parts-differ'],
    [
      'a promise too many',
      rpc.signShare.path,
      'commitments',
      (l) => [...l, ...l.slice(0, 1)],
      'parts-differ',
    ],
    [
      'promises in another order',
      rpc.signShare.path,
      'commitments',
      (l) => l.toReversed(),
      'share-invalid',
    ],
    ['a share too few', rpc.signFinish.path, 'shares', (l) => l.slice(1), 'parts-differ'],
    [
      'one bad share among good ones',
      rpc.signFinish.path,
      'shares',
      (l) => l.map((share, at) => (at === 1 ? l[0] : share)),
      'share-invalid',
    ],
    [
      'shares in another order',
      rpc.signFinish.path,
      'shares',
      (l) => l.toReversed(),
      'share-invalid',
    ],
  ])('with %s from one party makes no signature at all, and names it', async (...of) => {
    const [, path, field, change, refusal] = of;
    const signedBefore = custody.parties[0].party.database.all(
      'select 1 from ties where signatures is not null',
    );
    const before = signedBefore.length;
    expect(await attack(changing(path, field, change))).toBe(`${refusal}: custody`);
    const { database, sessions } = custody.parties[0].party;
    expect(database.all('select 1 from ties where signatures is not null')).toHaveLength(before);
    expect(sessions.size).toBe(0);
  });
});
