import { generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { must, randomNonce, transferFor, type Vault } from '../testing/custody.ts';
import { openLocalCustody, openLocalVault, type LocalCustody } from '../testing/in-process.ts';
import { withdrawalIntent } from '../testing/organisation.ts';
import { rpc } from '../wire/rpc.ts';
import type { PartyClient } from './party-client.ts';
import { signTransaction } from './sign-transaction.ts';

let custody: LocalCustody;
let vault: Vault;
beforeAll(async () => {
  custody = openLocalCustody();
  vault = await openLocalVault(custody);
});
afterAll(() => custody.remove());

/** Answers the last round with a signature that is valid, under a key of its own. */
function withKeyOfItsOwn(client: PartyClient, message: Uint8Array): PartyClient {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  return {
    ...client,
    call: async (method, request) => {
      const answer = await client.call(method, request);
      if (method.path !== rpc.signFinish.path || !answer.ok) return answer;
      const signature = sign(null, message, privateKey).toString('hex');
      return { ok: true, value: { ...answer.value, publicKey: raw.toString('hex'), signature } };
    },
  };
}

async function signWith(changed: (message: Uint8Array) => PartyClient[]) {
  const intent = withdrawalIntent(vault.destination);
  const transaction = transferFor(vault, intent, randomNonce());
  return signTransaction({
    clients: changed(transaction.message),
    bundle: custody.organisation.bundle(intent),
    transaction,
    expectedKey: vault.publicKey,
  });
}

const [CONTROL, CUSTODY] = [0, 1] as const;
const at = (place: 0 | 1): PartyClient => custody.parties[place].client;

test('a party that answers with a signature of its own key does not keep the other one’s from being taken', async () => {
  const signed = await signWith((message) => [withKeyOfItsOwn(at(CONTROL), message), at(CUSTODY)]);
  expect(must(signed).publicKey).toBe(vault.publicKey);
});

test('where every party does, one is named and nothing passes for a signature', async () => {
  const signed = await signWith((message) => [
    withKeyOfItsOwn(at(CONTROL), message),
    withKeyOfItsOwn(at(CUSTODY), message),
  ]);
  expect(signed).toMatchObject({ refusal: 'party-answer-invalid', party: 'control' });
});
