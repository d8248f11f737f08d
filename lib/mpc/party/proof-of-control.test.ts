import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { controlMessage } from '#lib/chains/solana/control-message.ts';
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import type { ProofOfControlIntent } from '#lib/protocol/control-intent.ts';
import { adopt } from '../client/party-client.ts';
import { signTransaction } from '../client/sign-transaction.ts';
import { verifyBytes } from '../wire/identity.ts';
import { encodeBase64url, toHex } from '../wire/encoding.ts';
import {
  must,
  randomAddress,
  randomNonce,
  transferFor,
  type Vault,
  only,
} from '../testing/custody.ts';
import { openLocalCustody, openLocalVault, type LocalCustody } from '../testing/in-process.ts';
import { controlIntent, withdrawalIntent } from '../testing/organisation.ts';
import { freezeIntent } from '../testing/stops.ts';
import { rpc } from '../wire/rpc.ts';

let custody: LocalCustody;
let vault: Vault;

beforeAll(async () => {
  custody = openLocalCustody();
  vault = await openLocalVault(custody);
});
afterAll(() => custody.remove());

const textOf = (intent: ProofOfControlIntent): { chain: string; message: Uint8Array } => {
  const message = controlMessage(intent);
  if (!message) throw new Error('The sample is on a Solana chain.');
  return { chain: intent.chain, message };
};

const sign = (
  intent: ProofOfControlIntent,
  transaction = textOf(intent),
  bundle: OperationBundle = custody.organisation.bundle(intent),
) =>
  signTransaction({
    clients: custody.parties.slice(0, 2).map(({ client }) => client),
    bundle,
    transaction,
  });

/** What each party answers to the same request. */
const refusals = async (bundle: OperationBundle, of: { chain: string; message: Uint8Array }) => {
  const transaction = { chain: of.chain, message: encodeBase64url(of.message) };
  const quorum = ['control', 'custody'];
  const answers = await Promise.all(
    custody.parties
      .slice(0, 2)
      .map(({ client }) => client.call(rpc.signBegin, { bundle, transaction, quorum })),
  );
  return answers.map((answer) => (answer.ok ? 'began' : answer.refusal));
};

describe('a proof of control', () => {
  test('is signed by the parties on three people’s word, and verifies under the vault’s key', async () => {
    const intent = controlIntent(vault.address);
    const { signatures, publicKey } = must(await sign(intent));
    const signature = only(signatures);
    expect(publicKey).toBe(vault.publicKey);
    expect(verifyBytes(vault.publicKey, textOf(intent).message, toHex(signature))).toBe(true);
    // Asked again they answer the same.
    expect(Buffer.from(only(must(await sign(intent)).signatures))).toEqual(Buffer.from(signature));
  });

  test('is no spend: nothing is counted as having left the vault', async () => {
    must(await sign(controlIntent(vault.address)));
    for (const { party } of custody.parties)
      expect(party.database.all('select * from spends')).toEqual([]);
  });

  test('is refused for any text but the one each party makes from the intent', async () => {
    const intent = controlIntent(vault.address);
    const bundle = custody.organisation.bundle(intent);
    const own = textOf(intent);
    const other = textOf(controlIntent(vault.address));
    const longer = { ...own, message: new Uint8Array([...own.message, 0x2e]) };
    const flipped = {
      ...own,
      message: own.message.map((byte, at) => (at === 20 ? byte ^ 1 : byte)),
    };
    const elsewhere = { ...own, chain: 'solana:mainnet' };
    for (const wrong of [other, longer, flipped, elsewhere])
      expect(await refusals(bundle, wrong)).toEqual([
        'control-message-differs',
        'control-message-differs',
      ]);
  });

  test('never stands for a transaction, nor a withdrawal for a text', async () => {
    const withdrawal = withdrawalIntent(vault.destination);
    const transfer = transferFor(vault, withdrawal, randomNonce());
    const intent = controlIntent(vault.address);
    expect(await refusals(custody.organisation.bundle(intent), transfer)).toEqual([
      'control-message-differs',
      'control-message-differs',
    ]);
    expect(await refusals(custody.organisation.bundle(withdrawal), textOf(intent))).toEqual([
      'transaction-undecodable',
      'transaction-undecodable',
    ]);
  });

  test('is refused for an address, key, vault or chain that is not the party’s own', async () => {
    const base = controlIntent(vault.address);
    const wrong: [Partial<ProofOfControlIntent>, string][] = [
      [{ address: randomAddress() }, 'control-address-differs'],
      [{ key: 'key-other' }, 'control-key-differs'],
      [{ vault: 'warm-9' }, 'vault-unknown'],
      [{ chain: 'solana:mainnet' }, 'chain-mismatch'],
    ];
    for (const [change, refusal] of wrong) {
      const intent = { ...base, ...change };
      const bundle = custody.organisation.bundle(intent);
      expect(await refusals(bundle, textOf(intent))).toEqual([refusal, refusal]);
    }
  });

  test('needs each statement: without the co-signer’s nobody begins', async () => {
    const intent = controlIntent(vault.address);
    const { statements } = custody.organisation.bundle(intent);
    const answers = await refusals({ intent, statements: statements.slice(0, 2) }, textOf(intent));
    expect(answers).toEqual(['statements-incomplete', 'own-group-missing']);
  });

  test('stands still while the vault is frozen', async () => {
    const freeze = freezeIntent({ what: 'vault', vault: 'warm-1' });
    const bundle = {
      intent: freeze,
      statements: [custody.organisation.say('raisa', 'raise', freeze)],
    };
    for (const { client } of custody.parties) must(await adopt(client, bundle));
    const intent = controlIntent(vault.address);
    expect(await refusals(custody.organisation.bundle(intent), textOf(intent))).toEqual([
      'vault-frozen',
      'vault-frozen',
    ]);
  });
});
