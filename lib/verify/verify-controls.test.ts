import { ed25519 } from '@noble/curves/ed25519.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { bytesToNumberBE, numberToBytesBE } from '@noble/curves/utils.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { describe, expect, test } from 'vitest';
import { addressOfOwner } from '#lib/chains/account-context.ts';
import { BITCOIN_REGTEST } from '#lib/chains/bitcoin/networks.ts';
import { signDigest } from '#lib/chains/bitcoin/testing/sign.ts';
import { controlToSign, writeControl } from '#lib/chains/control-proof.ts';
import { deriveKey } from '#lib/chains/derive-key.ts';
import { softwareKey } from '#lib/chains/ethereum/software-key.ts';
import { addressOf } from '#lib/chains/solana/address.ts';
import { controlMessage } from '#lib/chains/solana/control-message.ts';
import { clientsOf, documentsFrom } from '#lib/ledger/liabilities/testing/sample.ts';
import { accountPath } from '#lib/protocol/account-path.ts';
import type { ProofOfControlIntent } from '#lib/protocol/control-intent.ts';
import { digestOf } from '#lib/protocol/intent.ts';
import type {
  ControlProof,
  ReservesPublication,
  ReservesSnapshot,
} from '#lib/protocol/reserves.ts';
import type { KeySuite } from '#lib/protocol/suites.ts';
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

/** A vault on a chain where every owner has addresses, whose key this process has. */
function ownerVault(vault: string, of: { chain: string; suite: KeySuite; asset: string }) {
  const own = new Uint8Array(32).fill(9);
  const publicKey = bytesToHex(secp256k1.getPublicKey(own));
  const key = { chain: of.chain, suite: of.suite, publicKey };
  const reserve = { vault, chain: of.chain, address: addressOfOwner(key, null), amount: '8' };
  const { scalar } = deriveKey(hexToBytes(publicKey), accountPath(null, 'receive'));
  const below = numberToBytesBE(secp256k1.Point.Fn.add(bytesToNumberBE(own), scalar), 32);
  const house: ReservesSnapshot = {
    ...bare,
    reserves: [{ ...reserve, asset: of.asset }],
    blocks: [{ chain: of.chain, ...challenge.block }],
  };
  const text: ProofOfControlIntent = {
    ...intent,
    vault,
    chain: of.chain,
    address: reserve.address,
    challenge: { ...challenge, snapshotDigest: digestOf(house) },
  };
  const part = controlToSign(text)?.part;
  if (!part) throw new Error('There is a text for this chain.');
  const digest = hexToBytes(part.bytes);
  const signature = of.chain.startsWith('bip122:')
    ? signDigest(digest, part.tweak, below)
    : softwareKey(below).sign(digest);
  const signedText = { intent: text, signature: writeControl(text, key, signature) };
  return {
    key: { vault, suite: key.suite, publicKey },
    file: { ...publication(signedText), snapshot: house },
  };
}

const onOtherChains = [
  ['btc-1', { chain: BITCOIN_REGTEST, suite: 'FROST-secp256k1-SHA256-TR-v1', asset: 'BTC' }],
  ['btc-2', { chain: BITCOIN_REGTEST, suite: 'DKLS23-secp256k1-SHA256-v1', asset: 'BTC' }],
  ['eth-1', { chain: 'eip155:31337', suite: 'DKLS23-secp256k1-SHA256-v1', asset: 'ETH' }],
] as const;

describe.each(onOtherChains)('the signature of %s', (vault, of) => {
  const { file } = ownerVault(vault, of);

  test('is accepted in the form that its chain has for texts, and in no other', () => {
    expect(verifyControls(file)).toMatchObject({ ok: true, proved: [vault], unproved: [] });
    const [control] = file.controls;
    const forged = [
      '00'.repeat(64),
      '00'.repeat(65),
      `smp${Buffer.alloc(66, 1).toString('base64')}`,
    ];
    for (const signature of forged)
      expect(verifyControls({ ...file, controls: [{ ...control, signature }] })).toMatchObject({
        ok: false,
        refusal: 'control-signature-invalid',
      });
    for (const signature of ['', 'smp', '00', 'x'.repeat(128)])
      expect(verifyControls({ ...file, controls: [{ ...control, signature }] })).toMatchObject({
        refusal: 'publication-malformed',
      });
  });
});

describe.each(onOtherChains)('the public key of %s in the file for auditors', (vault, of) => {
  const { file, key } = ownerVault(vault, of);

  test('is accepted where the address of the vault follows from it', () => {
    expect(verifyControls({ ...file, keys: [key] })).toMatchObject({ ok: true, proved: [vault] });
  });

  test('is refused where it is another vault’s, of another suite, or of no vault that is listed', () => {
    const publicKey = bytesToHex(secp256k1.getPublicKey(secret));
    const suites = onOtherChains.map(([, { suite }]) => suite);
    const wrong = [
      { ...key, publicKey },
      { ...key, publicKey: `02${'ff'.repeat(32)}` },
      { ...key, vault: 'warm-9' },
      { ...key, suite: suites.find((suite) => suite !== key.suite) },
    ];
    for (const one of wrong)
      expect(verifyControls({ ...file, keys: [one] })).toMatchObject({
        ok: false,
        refusal: 'vault-key-of-another',
      });
  });
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
