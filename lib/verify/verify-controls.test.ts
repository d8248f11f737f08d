import { ed25519 } from '@noble/curves/ed25519.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { describe, expect, test } from 'vitest';
import { addressOf } from '#lib/chains/solana/address.ts';
import { controlMessage } from '#lib/chains/solana/control-message.ts';
import { clientsOf, documentsFrom } from '#lib/ledger/liabilities/testing/sample.ts';
import type { ProofOfControlIntent } from '#lib/protocol/control-intent.ts';
import { digestOf } from '#lib/protocol/intent.ts';
import type {
  ControlProof,
  ReservesPublication,
  ReservesSnapshot,
} from '#lib/protocol/reserves.ts';
import { proofOfControl } from '#lib/protocol/testing/every-kind.ts';
import { verifyControls } from './verify-controls.ts';

const secret = new Uint8Array(32).fill(5);
const address = addressOf(ed25519.getPublicKey(secret));
const { chain, challenge } = proofOfControl;

const { snapshot: bare } = await documentsFrom(clientsOf([5n, 7n]));
const snapshot: ReservesSnapshot = {
  ...bare,
  reserves: [
    { vault: 'cold-1', chain, address: proofOfControl.address, asset: 'SOL', amount: '4' },
    { vault: 'warm-1', chain, address, asset: 'SOL', amount: '8' },
  ],
  blocks: [{ chain, ...challenge.block }],
};
const intent: ProofOfControlIntent = {
  ...proofOfControl,
  organisation: snapshot.organisation,
  address,
  challenge: { ...challenge, snapshotDigest: digestOf(snapshot) },
};
const signed = (of: ProofOfControlIntent, key = secret): ControlProof => ({
  intent: of,
  signature: bytesToHex(ed25519.sign(controlMessage(of) ?? new Uint8Array(), key)),
});
const publication = (...controls: ControlProof[]): ReservesPublication => ({
  type: 'countersign/reserves-publication/v1',
  snapshot,
  controls,
});

describe('the signatures of a snapshot', () => {
  test('are accepted, and vaults without one are named', () => {
    expect(verifyControls(publication(signed(intent)))).toEqual({
      ok: true,
      digest: digestOf(snapshot),
      proved: ['warm-1'],
      unproved: ['cold-1'],
    });
  });

  const other = { ...challenge, snapshotDigest: 'ab'.repeat(32) };
  const later = { ...intent.challenge, block: { ...challenge.block, height: 1 } };
  test.each([
    ['control-signature-invalid', signed(intent, new Uint8Array(32).fill(6))],
    ['control-signature-invalid', { ...signed(intent), signature: '00'.repeat(64) }],
    [
      'control-signature-invalid',
      { ...signed(intent), intent: { ...intent, notAfter: '2026-03-02T11:00:00.001Z' } },
    ],
    ['control-of-another-snapshot', signed({ ...intent, challenge: other })],
    ['control-of-another-block', signed({ ...intent, challenge: later })],
    ['control-of-another-house', signed({ ...intent, environment: 'production' })],
    ['control-of-no-reserve', signed({ ...intent, vault: 'cold-1' })],
    ['control-of-no-reserve', signed({ ...intent, vault: 'warm-2' })],
  ] as const)('are refused as %s', (refusal, control) => {
    expect(verifyControls(publication(control))).toMatchObject({ ok: false, refusal });
  });

  test('are refused when one vault has two, and when they are no document', () => {
    const one = signed(intent);
    expect(verifyControls(publication(one, one))).toMatchObject({ refusal: 'control-twice' });
    for (const wrong of [null, {}, [], { ...publication(one), more: 1 }])
      expect(verifyControls(wrong)).toMatchObject({ refusal: 'publication-malformed' });
  });
});
