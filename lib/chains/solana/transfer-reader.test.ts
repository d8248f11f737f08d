import { base58 } from '@scure/base';
import { describe, expect, it } from 'vitest';
import type { TransactionAnswer } from './rpc-answers.ts';
import { readTransfer } from './transfer-reader.ts';

const key = (byte: number): string => base58.encode(new Uint8Array(32).fill(byte));
const [payer, sender, vault, program] = [1, 2, 3, 4].map(key) as [string, string, string, string];
const SYSTEM = '1'.repeat(32);
const MEMO = 'MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr';
const entry = { signature: base58.encode(new Uint8Array(64).fill(9)), slot: 12n };
type Executed = NonNullable<TransactionAnswer>;
type Instruction = Executed['transaction']['message']['instructions'][number];

const transferTo = (place: number): Instruction => ({
  programIdIndex: 3,
  accounts: [1, place],
  data: base58.encode(Uint8Array.of(2, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0)),
});
const memoOf = (bytes: Uint8Array): Instruction => ({
  programIdIndex: 4,
  accounts: [],
  data: base58.encode(bytes),
});
const text = (value: string): Uint8Array => new TextEncoder().encode(value);

function executed(
  instructions: Instruction[],
  after: bigint,
  changes: Partial<Executed['meta']> = {},
): Executed {
  return {
    slot: 12n,
    meta: {
      err: null,
      preBalances: [9n, 9n, 100n, 1n, 1n],
      postBalances: [9n, 9n, after, 1n, 1n],
      ...changes,
    },
    transaction: {
      signatures: [entry.signature],
      message: {
        accountKeys: [payer, sender, vault, SYSTEM, MEMO],
        recentBlockhash: key(5),
        instructions,
      },
    },
  };
}

describe('a transfer into an address', () => {
  it('is its net gain, from the source of the system transfer, with the memo', () => {
    expect(
      readTransfer(executed([transferTo(2), memoOf(text('C-20418'))], 105n), vault, entry),
    ).toEqual({
      transactionId: entry.signature,
      slot: 12n,
      lamports: 5n,
      from: sender,
      memo: 'C-20418',
    });
  });

  it('comes from the fee payer when a program paid it', () => {
    const paid = executed([{ programIdIndex: 1, accounts: [2], data: '' }], 130n);
    expect(readTransfer(paid, vault, entry)).toMatchObject({
      lamports: 30n,
      from: payer,
      memo: null,
    });
  });

  it('is none when the transaction failed, took as much as it gave, or took more', () => {
    expect(
      readTransfer(executed([transferTo(2)], 105n, { err: 'AccountNotFound' }), vault, entry),
    ).toBeNull();
    expect(readTransfer(executed([transferTo(2)], 100n), vault, entry)).toBeNull();
    expect(readTransfer(executed([transferTo(2)], 1n), vault, entry)).toBeNull();
  });

  it('has no memo when the memo is not plain, empty or too long', () => {
    for (const bytes of [
      Uint8Array.of(0xff, 0xfe),
      text('a\u0000b'),
      text(''),
      text('x'.repeat(257)),
      text('‮evil'),
    ])
      expect(
        readTransfer(executed([transferTo(2), memoOf(bytes)], 105n), vault, entry)?.memo,
      ).toBeNull();
  });

  it('counts accounts that a lookup table brought in', () => {
    const { meta, ...rest } = executed([transferTo(2)], 105n, {
      preBalances: [9n, 9n, 100n, 1n, 1n, 50n],
      postBalances: [9n, 9n, 105n, 1n, 1n, 57n],
      loadedAddresses: { writable: [program], readonly: [] },
    });
    expect(readTransfer({ meta, ...rest }, program, entry)?.lamports).toBe(7n);
  });

  it('is refused when balances and accounts do not fit together', () => {
    expect(() =>
      readTransfer(executed([transferTo(2)], 105n, { preBalances: [1n] }), vault, entry),
    ).toThrow('disagree');
    expect(() => readTransfer(executed([transferTo(2)], 105n), key(77), entry)).toThrow('disagree');
  });
});
