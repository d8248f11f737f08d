import { hashMessage, verifyMessage } from 'viem/utils';
import { expect, test } from 'vitest';
import type { ProofOfControlIntent } from '#lib/protocol/control-intent.ts';
import { proofOfControl } from '#lib/protocol/testing/every-kind.ts';
import { controlText } from '../control-text.ts';
import { DecodeError } from '../decoded.ts';
import { assemble, digestOf } from './assemble.ts';
import { controlDigest, controlMessage, isControlProven } from './control-message.ts';
import { decode } from './decode.ts';
import { softwareKey } from './software-key.ts';
import { contextOf } from './testing/arbitraries.ts';

const key = softwareKey(new Uint8Array(32).fill(7));
const intent: ProofOfControlIntent = {
  ...proofOfControl,
  chain: 'eip155:1',
  address: key.address,
  challenge: {
    ...proofOfControl.challenge,
    block: { height: 23_000_000, hash: `0x${'ab'.repeat(32)}` },
  },
};
const message = controlMessage(intent);
const digest = controlDigest(intent);
if (!message || !digest) throw new Error('The sample is on an Ethereum chain.');
const context = contextOf(key, '0x5FbDB2315678afecb367f032d93F642f64180aa3', 'eip155:1');

test('the digest is the one that wallets sign for the same text (EIP-191)', () => {
  expect(`0x${Buffer.from(digest).toString('hex')}`).toBe(hashMessage(controlText(intent)));
});

test("a wallet's verifier and ours agree that the address signed", async () => {
  const signature = key.sign(digest);
  expect(isControlProven(intent, signature)).toBe(true);
  expect(isControlProven(intent, signature.slice(0, 64))).toBe(true);
  const packed = `0x${Buffer.from([...signature.slice(0, 64), 27 + (signature[64] ?? 0)]).toString('hex')}`;
  expect(
    await verifyMessage({
      address: key.address as `0x${string}`,
      message: controlText(intent),
      signature: packed as `0x${string}`,
    }),
  ).toBe(true);
});

test("another intent, another key and another digest's signature prove nothing", () => {
  const signature = key.sign(digest);
  const other = { ...intent, operation: '6c0d4f6a-2b1e-4d3c-8a9b-0c1d2e3f4a5b' };
  expect(isControlProven(other, signature)).toBe(false);
  expect(isControlProven(intent, softwareKey(new Uint8Array(32).fill(8)).sign(digest))).toBe(false);
  expect(isControlProven(intent, new Uint8Array(3))).toBe(false);
  expect(isControlProven({ ...intent, chain: 'solana:sandbox' }, signature)).toBe(false);
});

test('no reader of transactions takes it for one, nor anything else with its first byte', () => {
  expect(() => decode(message, context)).toThrow('unknown-type');
  for (const length of [0, 1, 40, 200, 1_000]) {
    const bytes = Uint8Array.of(0x19, ...new Uint8Array(length).fill(length & 0xff));
    expect(() => decode(bytes, context)).toThrow('unknown-type');
    expect(() => assemble(bytes, key.sign(digestOf(bytes)), key.address)).toThrow(DecodeError);
  }
});

test('there is none for another chain or a broken address, and the text names what it is about', () => {
  expect(controlMessage({ ...intent, chain: 'solana:mainnet' })).toBeNull();
  expect(controlMessage({ ...intent, address: key.address.toLowerCase() })).toBeNull();
  expect(controlDigest(proofOfControl)).toBeNull();
  const text = Buffer.from(message).toString('latin1');
  expect(text.startsWith('\u0019Ethereum Signed Message:\n')).toBe(true);
  expect(text.endsWith(controlText(intent))).toBe(true);
  expect(text).toContain(`Address: ${key.address} on eip155:1.`);
});
