/** Blocks of regtest: real headers with regtest's proof of work, which takes two tries on average. */
import { randomBytes } from 'node:crypto';
import { readTx, reversedHex, sha256d, type Tx } from './wire.ts';

export type Block = {
  hash: string;
  /** Null for the first block. */
  previous: string | null;
  height: number;
  /** Unix seconds. */
  time: number;
  /** Hex, 80 bytes. */
  header: string;
  /** The coinbase first. */
  transactions: readonly Tx[];
};

/** What the miner of a block gets, in satoshis. A sandbox never halves it, and is generous. */
export const SUBSIDY = 1_000n * 100_000_000n;

const BITS = 0x207fffff;
const VERSION = 0x20000000;

/** Regtest's first block, as Bitcoin Core has it: header and its only transaction. */
const GENESIS_HEADER =
  '0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4adae5494dffff7f2002000000';
const GENESIS_COINBASE =
  '01000000010000000000000000000000000000000000000000000000000000000000000000ffffffff4d04ffff001d0104455468652054696d65732030332f4a616e2f32303039204368616e63656c6c6f72206f6e206272696e6b206f66207365636f6e64206261696c6f757420666f722062616e6b73ffffffff0100f2052a01000000434104678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5fac00000000';
export const GENESIS_HASH = '0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206';

export const genesisBlock = (): Block =>
  readBlock(0, GENESIS_HEADER, [readTx(Buffer.from(GENESIS_COINBASE, 'hex'))]);

/** @throws RangeError when header and transactions are not of one block. */
export function readBlock(height: number, header: string, transactions: readonly Tx[]): Block {
  const bytes = Buffer.from(header, 'hex');
  if (bytes.length !== 80) throw new RangeError('A header has 80 bytes');
  if (reversedHex(bytes.subarray(36, 68)) !== merkleRoot(transactions))
    throw new RangeError('The header is of other transactions');
  return {
    hash: reversedHex(sha256d(bytes)),
    previous: height === 0 ? null : reversedHex(bytes.subarray(4, 36)),
    height,
    time: bytes.readUInt32LE(68),
    header,
    transactions,
  };
}

/** A new block on top of another one. @param time Unix seconds. */
export function mineBlock(
  on: Block,
  of: { transactions: readonly Tx[]; fees: bigint; script: string; time: number },
): Block {
  const height = on.height + 1;
  const all = [coinbase(height, SUBSIDY + of.fees, of.script), ...of.transactions];
  const header = Buffer.alloc(80);
  header.writeUInt32LE(VERSION, 0);
  Buffer.from(on.hash, 'hex').reverse().copy(header, 4);
  Buffer.from(merkleRoot(all), 'hex').reverse().copy(header, 36);
  header.writeUInt32LE(of.time, 68);
  header.writeUInt32LE(BITS, 72);
  // The target asks for a first bit of zero, which is the last bit of the last byte here.
  for (let nonce = 0; ; nonce += 1) {
    header.writeUInt32LE(nonce, 76);
    if (sha256d(header).readUInt8(31) < 0x7f) break;
  }
  return readBlock(height, header.toString('hex'), all);
}

/** The whole block as it goes over the wire. */
export const blockHex = ({ header, transactions }: Block): string =>
  header + compactSize(transactions.length) + transactions.map(({ hex }) => hex).join('');

/** BIP34's height comes first; random bytes keep the blocks of two branches apart. */
function coinbase(height: number, value: bigint, script: string): Tx {
  const number = Buffer.alloc(4);
  number.writeUInt32LE(height);
  const input = Buffer.concat([Buffer.from([4]), number, Buffer.from([8]), randomBytes(8)]);
  const amount = Buffer.alloc(8);
  amount.writeBigUInt64LE(value);
  const hex = [
    '01000000',
    '01',
    '00'.repeat(32),
    'ffffffff',
    compactSize(input.length),
    input.toString('hex'),
    'ffffffff',
    '01',
    amount.toString('hex'),
    compactSize(script.length / 2),
    script,
    '00000000',
  ].join('');
  return readTx(Buffer.from(hex, 'hex'));
}

export const isCoinbase = (tx: Tx): boolean => /^0{64}$/.test(tx.inputs[0]?.txid ?? '');

function merkleRoot(transactions: readonly Tx[]): string {
  let row = transactions.map(({ txid }) => Buffer.from(txid, 'hex').reverse());
  while (row.length > 1) {
    const next: Buffer<ArrayBuffer>[] = [];
    for (let at = 0; at < row.length; at += 2) {
      const left = row[at] ?? Buffer.alloc(0);
      next.push(Buffer.from(sha256d(Buffer.concat([left, row[at + 1] ?? left]))));
    }
    row = next;
  }
  return reversedHex(row[0] ?? Buffer.alloc(32));
}

function compactSize(count: number): string {
  if (count < 0xfd) return count.toString(16).padStart(2, '0');
  const wide = Buffer.alloc(5);
  wide.writeUInt8(0xfe);
  wide.writeUInt32LE(count, 1);
  if (count > 0xffff) return wide.toString('hex');
  const narrow = Buffer.alloc(3);
  narrow.writeUInt8(0xfd);
  narrow.writeUInt16LE(count, 1);
  return narrow.toString('hex');
}
