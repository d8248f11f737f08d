import { afterAll, beforeAll, expect, test } from 'vitest';
import { controlMessage } from '#lib/chains/solana/control-message.ts';
import type { ProofOfControlIntent } from '#lib/protocol/control-intent.ts';
import { finishColdSigning } from '../client/cold-signing.ts';
import {
  bytesOf,
  onlineOf,
  openColdCustody,
  openColdVault,
  sendOut,
  signAt,
  type ColdCustody,
} from '../testing/cold-custody.ts';
import type { Vault } from '../testing/custody.ts';
import { controlIntent } from '../testing/organisation.ts';
import { only } from '../testing/custody.ts';
import { toHex } from '../wire/encoding.ts';
import { verifyBytes } from '../wire/identity.ts';

let custody: ColdCustody;
let vault: Vault;

beforeAll(async () => {
  custody = openColdCustody();
  vault = await openColdVault(custody);
});
afterAll(() => custody.remove());

const textOf = (intent: ProofOfControlIntent): { chain: string; message: Uint8Array } => {
  const message = controlMessage(intent);
  if (!message) throw new Error('The sample is on a Solana chain.');
  return { chain: intent.chain, message };
};

const sendProof = (intent: ProofOfControlIntent, transaction = textOf(intent)) =>
  sendOut(custody, vault, {
    intent,
    bundle: custody.organisation.bundle(intent),
    transaction,
  });

const ofCold = { vault: 'cold-1', key: 'key-cold-1' };

test('the key of a cold vault proves control by the trip there is for signatures', async () => {
  const intent = controlIntent(vault.address, ofCold);
  const out = await sendProof(intent);
  const answer = signAt(custody.a, custody, out.text);
  const now = new Date(Date.now() + custody.clock.ahead);
  const finished = await finishColdSigning(onlineOf(custody), out.trip, bytesOf(answer.text), {
    now,
  });
  if (!finished.ok) throw new Error(finished.refusal);
  expect(
    verifyBytes(vault.publicKey, textOf(intent).message, toHex(only(finished.value.signatures))),
  ).toBe(true);
});

test('a trip with another text does not even leave', async () => {
  const intent = controlIntent(vault.address, ofCold);
  const other = textOf(controlIntent(vault.address, ofCold));
  await expect(sendProof(intent, other)).rejects.toThrow('control-message-differs');
});
