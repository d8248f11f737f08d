import fc from 'fast-check';
import { expect, it } from 'vitest';
import { blockHex, GENESIS_HASH, genesisBlock, mineBlock, readBlock } from './block.ts';
import { signPayment, testKey } from './testing/signed.ts';
import { readTx, readTxHex, WireError } from './wire.ts';

const key = testKey(new Uint8Array(32).fill(7));
const hex = signPayment(key, {
  coins: [
    { txid: 'ab'.repeat(32), vout: 3, value: 50_000n, kind: 'segwit' },
    { txid: 'cd'.repeat(32), vout: 0, value: 70_000n, kind: 'taproot' },
  ],
  to: [{ address: key.taproot.address, value: 100_000n }],
});
const bytes = Buffer.from(hex, 'hex');

it('bytes that are no whole transaction are refused by name, whatever they are', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (random) => {
      try {
        expect(readTx(Buffer.from(random)).size).toBe(random.length);
      } catch (error) {
        expect(error).toBeInstanceOf(WireError);
      }
    }),
  );
});

it('a transaction that is cut anywhere, or followed by anything, is refused', () => {
  for (let length = 0; length < bytes.length; length += 1)
    expect(() => readTx(bytes.subarray(0, length))).toThrow(WireError);
  expect(() => readTxHex(`${hex}00`)).toThrow(WireError);
});

it('a witness changes the wtxid only, and any other byte the txid', () => {
  const tx = readTxHex(hex);
  const stripped = (tx.weight - tx.size) / 3;
  const witnessAt = stripped - 4 + 2;
  fc.assert(
    fc.property(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 7 }), (at, bit) => {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(at) ^ (1 << bit), at);
      try {
        const other = readTx(changed);
        const isWitness = at >= witnessAt && at < bytes.length - 4;
        expect(other.txid === tx.txid).toBe(isWitness);
        expect(other.wtxid).not.toBe(tx.wtxid);
      } catch (error) {
        expect(error).toBeInstanceOf(WireError);
      }
    }),
  );
});

it('the first block is the one every regtest node has', () => {
  expect(genesisBlock().hash).toBe(GENESIS_HASH);
});

it('blocks are linked, and two at one height differ', () => {
  const on = genesisBlock();
  const of = {
    transactions: [readTxHex(hex)],
    fees: 0n,
    script: `0014${'11'.repeat(20)}`,
    time: 1,
  };
  const [one, two] = [mineBlock(on, of), mineBlock(on, of)];
  expect(one.previous).toBe(GENESIS_HASH);
  expect(one.hash).not.toBe(two.hash);
  expect(blockHex(one).startsWith(`${one.header}02`)).toBe(true);
  expect(() => readBlock(1, one.header, two.transactions)).toThrow(RangeError);
});
