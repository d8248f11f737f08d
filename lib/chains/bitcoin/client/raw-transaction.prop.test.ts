import { RawTx } from '@scure/btc-signer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockHex, genesisBlock, mineBlock } from '#lib/sandbox/bitcoin/block.ts';
import { signPayment, testKey } from '#lib/sandbox/bitcoin/testing/signed.ts';
import { readTxHex } from '#lib/sandbox/bitcoin/wire.ts';
import { readBlock } from './raw-block.ts';
import { RawError, readTransaction } from './raw-transaction.ts';

const key = testKey(new Uint8Array(32).fill(9));
const payment = (vout: number): string =>
  signPayment(key, {
    coins: [{ txid: 'ab'.repeat(32), vout, value: 50_000n, kind: 'segwit' }],
    to: [{ address: key.taproot.address, value: 40_000n }],
  });
const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));

describe("a transaction's bytes", () => {
  it('are read as another library reads them', () => {
    const bytes = bytesOf(payment(4));
    const [read, other] = [readTransaction(bytes), RawTx.decode(bytes)];
    expect(read.inputs.map(({ vout, sequence }) => [vout, sequence])).toEqual(
      other.inputs.map(({ index, sequence }) => [index, sequence]),
    );
    expect(read.outputs.map(({ amount }) => amount)).toEqual(
      other.outputs.map(({ amount }) => amount),
    );
    expect(read.txid).toBe(readTxHex(payment(4)).txid);
    expect(read.isCoinbase).toBe(false);
  });

  it('give the id of the first transaction there ever was on regtest', () => {
    const [coinbase] = genesisBlock().transactions;
    const read = readTransaction(bytesOf(coinbase?.hex ?? ''));
    expect(read.txid).toBe('4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b');
    expect(read).toMatchObject({ isCoinbase: true, outputs: [{ amount: 5_000_000_000n }] });
  });

  it('that are any others are refused by name, or are a transaction of their own', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        try {
          expect(readTransaction(bytes).bytes).toEqual(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(RawError);
        }
      }),
    );
  });

  it('that are cut or followed by more are refused', () => {
    const bytes = bytesOf(payment(1));
    for (let length = 0; length < bytes.length; length += 1)
      expect(() => readTransaction(bytes.subarray(0, length))).toThrow(RawError);
    expect(() => readTransaction(Uint8Array.of(...bytes, 0))).toThrow(RawError);
  });
});

describe("a block's bytes", () => {
  const script = `0014${'22'.repeat(20)}`;
  const of = (count: number) =>
    mineBlock(genesisBlock(), {
      transactions: Array.from({ length: count }, (_, vout) => readTxHex(payment(vout))),
      fees: 0n,
      script,
      time: 1,
    });

  it.each([0, 1, 2, 3, 4, 7])('with %i payments are read to the last, in their order', (count) => {
    const block = of(count);
    expect(readBlock(bytesOf(blockHex(block)), block.hash).map(({ txid }) => txid)).toEqual(
      block.transactions.map(({ txid }) => txid),
    );
  });

  it('of another block, with a transaction changed, left out, doubled or added, are refused', () => {
    const block = of(3);
    const whole = blockHex(block);
    const last = block.transactions.at(-1)?.hex ?? '';
    const txs = block.transactions.map(({ hex }) => hex);
    const changes = [
      whole.replace(last, last.replace(/^02/, '01')),
      `${block.header}03${txs.slice(0, 3).join('')}`,
      `${block.header}05${txs.join('')}${last}`,
      `${whole}00`,
    ];
    expect(readBlock(bytesOf(whole), block.hash)).toHaveLength(4);
    for (const changed of changes)
      expect(() => readBlock(bytesOf(changed), block.hash)).toThrow(RawError);
    expect(() => readBlock(bytesOf(whole), of(3).hash)).toThrow(RawError);
  });

  it('with the last transaction doubled behind an odd end are refused, though the root is the same', () => {
    const block = of(2);
    const txs = block.transactions.map(({ hex }) => hex);
    const doubled = `${block.header}04${txs.join('')}${txs[2] ?? ''}`;
    expect(() => readBlock(bytesOf(doubled), block.hash)).toThrow(RawError);
  });
});
