import { getCompiledTransactionMessageDecoder, getTransactionDecoder } from '@solana/kit';
import { ed25519 } from '@noble/curves/ed25519.js';
import { LiteSVM } from 'litesvm';
import { expect, test } from 'vitest';
import { proofOfControl } from '#lib/protocol/testing/every-kind.ts';
import { controlText } from '../control-text.ts';
import { addressOf } from './address.ts';
import { controlMessage } from './control-message.ts';
import { decodeTransfer } from './decode.ts';
import { MessageFault, readMessage } from './message-reader.ts';

const message = controlMessage(proofOfControl);
if (!message) throw new Error('The sample is on a Solana chain.');

test('the text says what it is, and names vault, snapshot, block and intent', () => {
  const text = controlText(proofOfControl);
  expect(text).toContain('This is no transaction and moves nothing.');
  expect(text).toContain(proofOfControl.address);
  expect(text).toContain(proofOfControl.challenge.snapshotDigest);
  expect(text).toContain('Not before block 312000000, 4uQeVj5t');
  expect(Buffer.from(message).toString('latin1').endsWith(text)).toBe(true);
});

test('the envelope is that of the specification of off-chain messages, version 0', () => {
  const bytes = Buffer.from(message);
  expect(bytes.subarray(0, 16).toString('latin1')).toBe('\u00ffsolana offchain');
  expect(bytes[16]).toBe(0);
  // After 32 bytes of the application: format, one signer, its key, the length.
  expect(bytes[49]).toBe(0);
  expect(bytes[50]).toBe(1);
  expect(addressOf(new Uint8Array(bytes.subarray(51, 83)))).toBe(proofOfControl.address);
  expect(bytes.readUInt16LE(83)).toBe(bytes.length - 85);
  expect(bytes.length).toBeLessThanOrEqual(1232);
});

test('no reader of transactions takes it for one', () => {
  expect(() => readMessage(message)).toThrow(MessageFault);
  expect(decodeTransfer(message, proofOfControl.chain)).toMatchObject({
    ok: false,
    detail: 'versioned-message',
  });
  expect(() => getCompiledTransactionMessageDecoder().decode(message)).toThrow();
});

test('whatever follows its first sixteen bytes, no reader takes it for a message', () => {
  const prefix = message.subarray(0, 16);
  for (const length of [0, 1, 40, 200, 1_000]) {
    const bytes = new Uint8Array([...prefix, ...new Uint8Array(length).fill(length & 0xff)]);
    expect(() => readMessage(bytes)).toThrow('versioned-message');
    expect(() => getCompiledTransactionMessageDecoder().decode(bytes)).toThrow();
  }
});

test('the runtime refuses it as a transaction, signed by the right key', () => {
  const secret = new Uint8Array(32).fill(9);
  const address = addressOf(ed25519.getPublicKey(secret));
  const signed = controlMessage({ ...proofOfControl, address });
  if (!signed) throw new Error('The sample is on a Solana chain.');
  const signature = ed25519.sign(signed, secret);
  const wire = new Uint8Array([1, ...signature, ...signed]);
  expect(() => getTransactionDecoder().decode(wire)).toThrow('version 127');
  const transaction = { messageBytes: signed, signatures: { [address]: signature } };
  expect(() =>
    new LiteSVM().sendTransaction(
      transaction as unknown as Parameters<LiteSVM['sendTransaction']>[0],
    ),
  ).toThrow('version 127');
});

test('another intent is another text, and there is none for another chain or a broken address', () => {
  const others = [
    { ...proofOfControl, operation: '6c0d4f6a-2b1e-4d3c-8a9b-0c1d2e3f4a5b' },
    { ...proofOfControl, notAfter: '2026-03-02T11:00:00.001Z' },
    { ...proofOfControl, vault: 'warm-2' },
    { ...proofOfControl, organisation: 'another' },
  ].map((intent) => Buffer.from(controlMessage(intent) ?? []).toString('hex'));
  const all = [Buffer.from(message).toString('hex'), ...others];
  expect(new Set(all).size).toBe(all.length);
  expect(controlMessage({ ...proofOfControl, chain: 'eip155:1' })).toBeNull();
  expect(controlMessage({ ...proofOfControl, address: 'no-address' })).toBeNull();
});
