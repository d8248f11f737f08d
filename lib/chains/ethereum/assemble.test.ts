import { secp256k1 } from '@noble/curves/secp256k1.js';
import fc from 'fast-check';
import { recoverTransactionAddress } from 'viem';
import { bytesToHex, parseTransaction } from 'viem/utils';
import { describe, expect, it } from 'vitest';
import { DecodeError } from '../decoded.ts';
import { assemble, digestOf, hashOfRaw } from './assemble.ts';
import { buildTransfer } from './build.ts';
import { EthereumSignatureError } from './signature.ts';
import { softwareKey } from './software-key.ts';
import { transferCase } from './testing/arbitraries.ts';

const key = softwareKey(new Uint8Array(32).fill(7));
const unsigned = buildTransfer({
  chain: 'eip155:1',
  nonce: 0n,
  to: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
  amount: 1n,
  token: null,
  gasLimit: 21_000n,
  maxFeePerGas: 2n,
  maxPriorityFeePerGas: 1n,
});
const signature = key.sign(digestOf(unsigned));
const ORDER = secp256k1.Point.Fn.ORDER;

function changed(change: (copy: Uint8Array) => void): Uint8Array {
  const copy = Uint8Array.from(signature);
  change(copy);
  return copy;
}

const bytesOf = (value: bigint): Uint8Array =>
  Uint8Array.from(Buffer.from(value.toString(16).padStart(64, '0'), 'hex'));

describe('assembling', () => {
  it('gives bytes that another reader finds signed by the account, and their hash', async () => {
    await fc.assert(
      fc.asyncProperty(transferCase, async ({ input, key: own }) => {
        const bytes = buildTransfer(input);
        const { raw, hash } = assemble(bytes, own.sign(digestOf(bytes)), own.address);
        const serialized = bytesToHex(raw) as `0x02${string}`;
        const sender = await recoverTransactionAddress({ serializedTransaction: serialized });
        expect(sender).toBe(own.address);
        expect(hash).toBe(hashOfRaw(raw));
        expect(parseTransaction(serialized)).toMatchObject({ type: 'eip1559' });
      }),
      { numRuns: 60 },
    );
  });

  it('is the same with the recovery id, with its older name and without it', () => {
    const { raw } = assemble(unsigned, signature, key.address);
    expect(assemble(unsigned, signature.slice(0, 64), key.address).raw).toEqual(raw);
    const older = changed((copy) => copy.set([(copy[64] ?? 0) + 27], 64));
    expect(assemble(unsigned, older, key.address).raw).toEqual(raw);
  });

  it.each<[string, Uint8Array, string]>([
    ['63 bytes', signature.slice(0, 63), 'signature-wrong-length'],
    ['66 bytes', Uint8Array.of(...signature, 0), 'signature-wrong-length'],
    ['a recovery id of 2', changed((copy) => copy.set([2], 64)), 'signature-recovery-id'],
    ['r of zero', changed((copy) => copy.fill(0, 0, 32)), 'signature-out-of-range'],
    ['s of zero', changed((copy) => copy.fill(0, 32, 64)), 'signature-out-of-range'],
    [
      "the curve's order as r",
      changed((copy) => copy.set(bytesOf(ORDER))),
      'signature-out-of-range',
    ],
    [
      'the other recovery id',
      changed((copy) => copy.set([1 - (copy[64] ?? 0)], 64)),
      'signature-of-another',
    ],
    ['another digest', key.sign(new Uint8Array(32).fill(1)), 'signature-of-another'],
    [
      'another key',
      softwareKey(new Uint8Array(32).fill(8)).sign(digestOf(unsigned)),
      'signature-of-another',
    ],
    [
      'the upper half of s, which would be the same signature twice',
      changed((copy) => {
        const s = BigInt(`0x${Buffer.from(copy.slice(32, 64)).toString('hex')}`);
        copy.set(bytesOf(ORDER - s), 32);
        copy.set([1 - (copy[64] ?? 0)], 64);
      }),
      'signature-high-s',
    ],
  ])('refuses %s', (_name, bad, fault) => {
    const attempt = () => assemble(unsigned, bad, key.address);
    expect(attempt).toThrow(EthereumSignatureError);
    expect(attempt).toThrow(expect.objectContaining({ fault }) as Error);
  });

  it('puts a signature on nothing but an unsigned transaction', () => {
    const { raw } = assemble(unsigned, signature, key.address);
    expect(() => assemble(raw, signature, key.address)).toThrow(DecodeError);
    expect(() => assemble(Uint8Array.of(2), signature, key.address)).toThrow(DecodeError);
  });
});
