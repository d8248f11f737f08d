import { base58 } from '@scure/base';
import { describe, expect, it } from 'vitest';
import { readMovement } from './movement-reader.ts';
import type { TransactionAnswer } from './rpc-answers.ts';

const key = (byte: number): string => base58.encode(new Uint8Array(32).fill(byte));
const [own, other, made] = [1, 2, 3].map(key) as [string, string, string];
const entry = { signature: base58.encode(new Uint8Array(64).fill(9)), slot: 12n };

const executed = (
  preBalances: bigint[],
  postBalances: bigint[],
  accountKeys = [own, other, made],
): NonNullable<TransactionAnswer> => ({
  slot: 12n,
  meta: { err: null, preBalances, postBalances },
  transaction: {
    signatures: [entry.signature],
    message: { accountKeys, recentBlockhash: key(5), instructions: [] },
  },
});

describe('what a transaction did to an address', () => {
  it('is its change, with the fee where it paid it and the accounts it opened', () => {
    expect(readMovement(executed([100n, 7n, 0n], [65n, 7n, 30n]), own, entry)).toEqual({
      transactionId: entry.signature,
      slot: 12n,
      change: -35n,
      fee: 5n,
      opened: [{ address: made, lamports: 30n }],
    });
  });

  it('carries no fee that somebody else paid', () => {
    const found = readMovement(executed([100n, 7n, 1n], [80n, 22n, 1n]), other, entry);
    expect([found.change, found.fee, found.opened]).toEqual([15n, 0n, []]);
  });

  it('is not made up where balances and accounts do not fit together', () => {
    for (const bad of [
      executed([1n, 1n], [1n, 1n, 1n]),
      executed([1n, 1n, 1n], [1n, 1n]),
      executed([1n, 1n, 1n], [1n, 1n, 2n]),
      executed([1n, 1n, 1n], [1n, 1n, 1n], [other, made, key(4)]),
    ])
      expect(() => readMovement(bad, own, entry)).toThrow('disagree');
  });
});
