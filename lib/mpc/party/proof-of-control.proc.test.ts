import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { controlMessage } from '#lib/chains/solana/control-message.ts';
import type { ProofOfControlIntent } from '#lib/protocol/control-intent.ts';
import { signTransaction } from '../client/sign-transaction.ts';
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
  only,
} from '../testing/custody.ts';
import { controlIntent, withdrawalIntent } from '../testing/organisation.ts';
import { encodeBase64url, toHex } from '../wire/encoding.ts';
import { verifyBytes } from '../wire/identity.ts';
import { rpc } from '../wire/rpc.ts';

describe('a proof of control, asked of parties that are processes of their own', () => {
  let custody: Custody;
  let vault: Vault;
  const clients = () => custody.parties.slice(0, 2).map(({ client }) => client);

  beforeAll(async () => {
    custody = await startParties();
    await holdGenesis(custody);
    vault = await openVault(custody);
  });
  afterAll(() => removeAll(custody));

  const textOf = (intent: ProofOfControlIntent): { chain: string; message: Uint8Array } => {
    const message = controlMessage(intent);
    if (!message) throw new Error('The sample is on a Solana chain.');
    return { chain: intent.chain, message };
  };

  test('comes out, verifies under the vault’s key, and survives a restart', async () => {
    const intent = controlIntent(vault.address);
    const bundle = custody.organisation.bundle(intent);
    const transaction = textOf(intent);
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

  test('gives no share for other bytes, be they a text or a transaction', async () => {
    const intent = controlIntent(vault.address);
    const bundle = custody.organisation.bundle(intent);
    const own = textOf(intent);
    const withdrawal = withdrawalIntent(vault.destination);
    const wrong = [
      textOf(controlIntent(vault.address)),
      { ...own, message: own.message.subarray(0, -1) },
      transferFor(vault, withdrawal, randomNonce()),
    ];
    for (const { chain, message } of wrong) {
      const transaction = { chain, message: encodeBase64url(message) };
      const quorum = ['control', 'custody'];
      const answers = await Promise.all(
        clients().map((client) => client.call(rpc.signBegin, { bundle, transaction, quorum })),
      );
      expect(answers).toMatchObject(
        answers.map(() => ({ ok: false, refusal: 'control-message-differs' })),
      );
    }
    const bytes = { chain: own.chain, message: encodeBase64url(own.message) };
    const answer = await custody.parties[0]?.client.call(rpc.signBegin, {
      bundle: custody.organisation.bundle(withdrawal),
      transaction: bytes,
      quorum: ['control', 'custody'],
    });
    expect(answer).toMatchObject({ ok: false, refusal: 'transaction-undecodable' });
  });
});
