import { base58 } from '@scure/base';
import { getTransactionDecoder } from '@solana/kit';
import { describe, expect, it } from 'vitest';
import { buildTransfer } from './build.ts';
import { softwareKey } from './software-key.ts';
import {
  assembleTransaction,
  idOfTransaction,
  transactionId,
  unsignedTransaction,
} from './transaction.ts';

const feePayer = softwareKey(new Uint8Array(32).fill(1));
const vault = softwareKey(new Uint8Array(32).fill(2));
const stranger = softwareKey(new Uint8Array(32).fill(3));
const message = buildTransfer({
  feePayer: feePayer.address,
  from: vault.address,
  to: stranger.address,
  lamports: 7n,
  memo: 'invoice 7',
  nonce: {
    account: base58.encode(new Uint8Array(32).fill(4)),
    value: base58.encode(new Uint8Array(32).fill(5)),
  },
});
const signatures = {
  [feePayer.address]: feePayer.sign(message),
  [vault.address]: vault.sign(message),
};

describe('assembling', () => {
  it('puts the signatures in the order of the signers, whatever order they come in', () => {
    const reversed = Object.fromEntries(Object.entries(signatures).reverse());
    const bytes = assembleTransaction(message, reversed);
    expect(bytes).toEqual(assembleTransaction(message, signatures));
    const decoded = getTransactionDecoder().decode(bytes);
    expect(Object.keys(decoded.signatures)).toEqual([feePayer.address, vault.address]);
    expect(new Uint8Array(decoded.messageBytes)).toEqual(message);
  });

  it('refuses a missing, a superfluous and a wrong signature', () => {
    expect(() =>
      assembleTransaction(message, { [feePayer.address]: feePayer.sign(message) }),
    ).toThrow('2 signers');
    expect(() =>
      assembleTransaction(message, { ...signatures, [stranger.address]: stranger.sign(message) }),
    ).toThrow('2 signers');
    expect(() =>
      assembleTransaction(message, { ...signatures, [vault.address]: stranger.sign(message) }),
    ).toThrow('missing or wrong');
    expect(() =>
      assembleTransaction(message, { ...signatures, [vault.address]: new Uint8Array(64) }),
    ).toThrow('missing or wrong');
  });

  it('refuses bytes that are no message', () => {
    for (const bytes of [
      new Uint8Array(),
      Uint8Array.of(2, 0, 0, 200),
      Uint8Array.of(3, 0, 0, 2, ...new Uint8Array(64)),
    ])
      expect(() => assembleTransaction(bytes, signatures)).toThrow('no legacy Solana message');
  });
});

describe('the transaction id', () => {
  it('is known before sending, and does not depend on the vault signature', () => {
    const id = transactionId(message, feePayer.sign(message));
    expect(idOfTransaction(assembleTransaction(message, signatures))).toBe(id);
    expect(transactionId(message, feePayer.sign(message))).toBe(id);
  });

  it("is refused for a signature that is not the fee payer's", () => {
    expect(() => transactionId(message, vault.sign(message))).toThrow("not the fee payer's");
  });
});

it('an unsigned transaction has room for every signature', () => {
  expect(unsignedTransaction(message).length).toBe(1 + 128 + message.length);
});
