import { describe, expect, it } from 'vitest';
import type { Movement } from '#lib/chains/ethereum/client/movement.ts';
import { linesOf } from './bitcoin-movement.ts';
import { etherLines, tokenLines } from './ethereum-movement.ts';

const ours = '51aa';
const theirs = '51bb';
const transaction = (outputs: { script: string; amount: bigint }[], inputs = 1) => ({
  txid: 't1',
  bytes: new Uint8Array(),
  isCoinbase: false,
  inputs: Array.from({ length: inputs }, (_, vout) => ({ txid: 't0', vout, sequence: 0 })),
  outputs,
});
const scripts = new Set([ours]);

describe('what a transaction on Bitcoin did to a vault', () => {
  it('is a line for each output that came in', () => {
    const paid = transaction([
      { script: ours, amount: 5n },
      { script: theirs, amount: 9n },
      { script: ours, amount: 7n },
    ]);
    expect(linesOf(paid, [{ amount: 30n, isOurs: false }], scripts)).toEqual([
      { place: '0', amount: 5n },
      { place: '2', amount: 7n },
    ]);
  });

  it('is what was paid and its fee where the vault paid, change left out', () => {
    const paid = transaction([
      { script: theirs, amount: 40n },
      { script: ours, amount: 55n },
    ]);
    expect(linesOf(paid, [{ amount: 100n, isOurs: true }], scripts)).toEqual([
      { place: 'paid', amount: -40n },
      { place: 'fee', amount: -5n },
    ]);
  });

  it('is one line of what is missing where others’ coins are spent beside ours', () => {
    const paid = transaction([{ script: theirs, amount: 140n }], 2);
    const spent = [
      { amount: 100n, isOurs: true },
      { amount: 50n, isOurs: false },
    ];
    expect(linesOf(paid, spent, scripts)).toEqual([{ place: 'paid', amount: -100n }]);
  });

  it('can’t be told without a coin for each input', () => {
    expect(() => linesOf(transaction([]), [], scripts)).toThrow(RangeError);
  });
});

const movement = (of: Partial<Movement>): Movement => ({
  hash: '0xh',
  token: null,
  from: 'theirs',
  to: 'theirs',
  amount: 0n,
  fee: 0n,
  logIndex: null,
  ...of,
});
const accounts = new Set(['one', 'two']);

describe('what movements on Ethereum did to a vault', () => {
  it('is a line for the amount and one for the fee, and the fee alone between its own accounts', () => {
    const lines = etherLines(
      [
        movement({ to: 'one', amount: 5n }),
        movement({ hash: '0xa', from: 'one', amount: 3n, fee: 1n }),
        movement({ hash: '0xb', from: 'one', to: 'two', amount: 3n, fee: 2n }),
        movement({ hash: '0xc', token: 'euro', to: 'one', amount: 8n }),
      ],
      accounts,
    );
    expect(lines.map(({ ref, amount }) => [ref, amount])).toEqual([
      ['0xh:value', 5n],
      ['0xa:value', -3n],
      ['0xa:fee', -1n],
      ['0xb:fee', -2n],
    ]);
  });

  it('is for a token a line for each event that changed what the vault holds', () => {
    const lines = tokenLines(
      [
        movement({ token: 'euro', to: 'one', amount: 8n, logIndex: 1n }),
        movement({ token: 'euro', from: 'one', to: 'two', amount: 8n, logIndex: 2n }),
        movement({ token: 'euro', from: 'two', amount: 6n, logIndex: 3n }),
      ],
      accounts,
    );
    expect(lines.map(({ ref, amount }) => [ref, amount])).toEqual([
      ['0xh:1', 8n],
      ['0xh:3', -6n],
    ]);
  });
});
