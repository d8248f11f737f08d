/** A refill out of a cold vault: its parties hold no share of where it goes, and know it by the policy. */
import { afterAll, beforeAll, expect, test } from 'vitest';
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
import { randomAddress, type Vault } from '../testing/custody.ts';
import { transferIntent } from '../testing/organisation.ts';
import { toHex } from '../wire/encoding.ts';
import { verifyBytes } from '../wire/identity.ts';

const hot = { vault: 'hot-9', address: randomAddress() };
let custody: ColdCustody;
let vault: Vault;

beforeAll(async () => {
  custody = openColdCustody({ ownVaults: [{ ...hot, chain: 'solana:sandbox' }] });
  vault = await openColdVault(custody);
});
afterAll(() => custody.remove());

const send = (to: typeof hot) => sendOut(custody, vault, { intent: transferIntent(to, 'cold-1') });

test('goes by the trip there is for withdrawals to the address that the policy names', async () => {
  const out = await send(hot);
  const answer = signAt(custody.a, custody, out.text);
  const now = new Date(Date.now() + custody.clock.ahead);
  const finished = await finishColdSigning(onlineOf(custody), out.trip, bytesOf(answer.text), {
    now,
  });
  if (!finished.ok) throw new Error(finished.refusal);
  expect(
    verifyBytes(vault.publicKey, out.transaction.message, toHex(finished.value.signature)),
  ).toBe(true);
});

test('does not leave for another address, nor for a vault that the policy does not name', async () => {
  await expect(send({ ...hot, address: randomAddress() })).rejects.toThrow(
    'transfer-destination-differs',
  );
  await expect(send({ ...hot, vault: 'hot-8' })).rejects.toThrow('transfer-destination-unknown');
});
