import { bytesToHex } from '@noble/hashes/utils.js';
import { expect, test } from 'vitest';
import { decoded, DecodeError } from '../decoded.ts';
import { addressOf } from './address.ts';
import { buildTransfer } from './build.ts';
import { decode, decodeTransfer } from './decode.ts';

const key = (fill: number): string => addressOf(new Uint8Array(32).fill(fill));
const nonce = { account: key(4), value: key(5) };
const message = buildTransfer({
  feePayer: key(1),
  from: key(2),
  to: key(3),
  lamports: 1_500_000n,
  memo: 'C-20418',
  nonce,
});

test('a transfer reads in the shape that every chain gives, and the vault’s key signs all of it', () => {
  const read = decode(message, { chain: 'solana:sandbox' });
  expect(decoded.parse(read)).toEqual(read);
  expect(read.details).toEqual({
    family: 'solana',
    nonceAccount: nonce.account,
    nonceValue: nonce.value,
  });
  expect(read.parts).toEqual([{ bytes: bytesToHex(message), path: [], tweak: 'none' }]);
  const before = decodeTransfer(message, 'solana:sandbox');
  expect(before).toMatchObject({ ok: true, transaction: { conflictKey: read.conflictKey } });
  expect(read).toMatchObject({ from: key(2), to: key(3), amount: '1500000', memo: 'C-20418' });
});

test('what is no transfer is thrown with the code of what is wrong', () => {
  const faultOf = (unsigned: Uint8Array, chain = 'solana:sandbox'): string => {
    try {
      decode(unsigned, { chain });
      return 'read';
    } catch (error) {
      return error instanceof DecodeError ? error.message : 'another error';
    }
  };
  expect(faultOf(new Uint8Array([...message, 0]))).toBe('transaction-undecodable: trailing-bytes');
  expect(faultOf(message, 'eip155:1')).toBe('transaction-undecodable: not-a-solana-chain');
});
