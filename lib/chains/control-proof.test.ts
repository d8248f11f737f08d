import { ed25519 } from '@noble/curves/ed25519.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { bytesToNumberBE, numberToBytesBE } from '@noble/curves/utils.js';
import { hexToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { verifyMessage } from 'viem/utils';
import { describe, expect, it, test } from 'vitest';
import { accountPath } from '#lib/protocol/account-path.ts';
import type { ProofOfControlIntent } from '#lib/protocol/control-intent.ts';
import type { KeySuite } from '#lib/protocol/suites.ts';
import { proofOfControl } from '#lib/protocol/testing/every-kind.ts';
import { addressOfOwner, type VaultKey } from './account-context.ts';
import { BITCOIN_REGTEST } from './bitcoin/networks.ts';
import { signDigest } from './bitcoin/testing/sign.ts';
import {
  controlBytes,
  controlToSign,
  controlWritten,
  isControlProven,
  writeControl,
} from './control-proof.ts';
import { controlText } from './control-text.ts';
import type { SigningPart } from './decoded.ts';
import { deriveKey } from './derive-key.ts';
import { softwareKey } from './ethereum/software-key.ts';

const secret = new Uint8Array(32).fill(5);

/** What a vault's parties would give for a part, from a key in this process. */
function signPart(chain: string, { bytes, path, tweak }: SigningPart): Uint8Array {
  if (chain.startsWith('solana:')) return ed25519.sign(hexToBytes(bytes), secret);
  const { scalar } = deriveKey(secp256k1.getPublicKey(secret), path);
  const { Fn } = secp256k1.Point;
  const below = numberToBytesBE(Fn.add(bytesToNumberBE(secret), scalar), 32);
  return chain.startsWith('bip122:')
    ? signDigest(hexToBytes(bytes), tweak, below)
    : softwareKey(below).sign(hexToBytes(bytes));
}

const samples: [string, KeySuite, number][] = [
  ['solana:sandbox', 'FROST-ED25519-SHA512-v1', 64],
  [BITCOIN_REGTEST, 'FROST-secp256k1-SHA256-TR-v1', 66],
  [BITCOIN_REGTEST, 'DKLS23-secp256k1-SHA256-v1', 107],
  ['eip155:31337', 'DKLS23-secp256k1-SHA256-v1', 65],
];

function sampleOf(chain: string, suite: KeySuite) {
  const curve = chain.startsWith('solana:') ? ed25519 : secp256k1;
  const publicKey = Buffer.from(curve.getPublicKey(secret)).toString('hex');
  const key: VaultKey = { chain, suite, publicKey };
  const intent: ProofOfControlIntent = {
    ...proofOfControl,
    chain,
    address: addressOfOwner(key, null),
  };
  const own = controlToSign(intent);
  if (!own) throw new Error('There is a text for every chain of vaults.');
  return { key, intent, own, signature: signPart(chain, own.part) };
}

describe.each(samples)('on %s with keys of %s', (chain, suite, size) => {
  const { key, intent, own, signature } = sampleOf(chain, suite);
  const other = { ...intent, operation: '6c0d4f6a-2b1e-4d3c-8a9b-0c1d2e3f4a5b' };

  it('what is signed lies at the custodian’s own account, and the vault’s key proves its address', () => {
    const path = chain.startsWith('solana:') ? [] : accountPath(null, 'receive');
    expect(own.part.path).toEqual(path);
    expect(isControlProven(intent, writeControl(intent, key, signature))).toBe(true);
  });

  it('a signature is kept in few bytes, and published from them as it was', () => {
    const proof = writeControl(intent, key, signature);
    const kept = controlBytes(chain, proof);
    // DER of ECDSA is now and then a byte shorter.
    expect(Math.abs(kept.length - size)).toBeLessThanOrEqual(size === 107 ? 2 : 0);
    expect(controlWritten(chain, kept)).toBe(proof);
  });

  it('a signature proves no other intent, and none that is cut, longer or of another form proves any', () => {
    const proof = writeControl(intent, key, signature);
    expect(isControlProven(other, proof)).toBe(false);
    expect(() => writeControl(other, key, signature)).toThrow();
    for (const wrong of ['', proof.slice(2), proof.slice(0, -2), `${proof}00`, `0x${proof}`, ' '])
      expect(isControlProven(intent, wrong), wrong).toBe(false);
    for (const [elsewhere, theirs] of samples) {
      if (elsewhere === chain) continue;
      const foreign = sampleOf(elsewhere, theirs);
      expect(isControlProven(foreign.intent, proof)).toBe(false);
    }
  });
});

test('no proof with a bit turned proves anything, so each has one spelling', () => {
  const made = samples.map(([chain, suite]) => {
    const { key, intent, signature } = sampleOf(chain, suite);
    return { intent, kept: controlBytes(chain, writeControl(intent, key, signature)) };
  });
  fc.assert(
    fc.property(fc.constantFrom(...made), fc.nat(), fc.nat(7), ({ intent, kept }, at, bit) => {
      const changed = Uint8Array.from(kept);
      const place = at % kept.length;
      changed[place] = (kept[place] ?? 0) ^ (1 << bit);
      expect(isControlProven(intent, controlWritten(intent.chain, changed))).toBe(false);
    }),
    { numRuns: 200 },
  );
});

test('an Ethereum proof with its recovery id in another spelling proves nothing', () => {
  const { key, intent, signature } = sampleOf('eip155:31337', 'DKLS23-secp256k1-SHA256-v1');
  const proof = writeControl(intent, key, signature);
  for (const id of ['00', '01', '1d', '1B'])
    expect(isControlProven(intent, `${proof.slice(0, 128)}${id}`)).toBe(false);
});

test('an Ethereum proof is what a wallet’s verifier takes for the same text', async () => {
  const { key, intent, signature } = sampleOf('eip155:31337', 'DKLS23-secp256k1-SHA256-v1');
  const given = {
    address: intent.address as `0x${string}`,
    message: controlText(intent),
    signature: `0x${writeControl(intent, key, signature)}` as const,
  };
  expect(await verifyMessage(given)).toBe(true);
  // Parties may give r and s alone.
  expect(writeControl(intent, key, signature.subarray(0, 64))).toBe(given.signature.slice(2));
});

test('the text says that a key answers for every owner where each has addresses of their own', () => {
  const said = samples.map(([chain, suite]) =>
    controlText(sampleOf(chain, suite).intent).includes('those of all owners in the vault'),
  );
  expect(said).toEqual([false, true, true, true]);
});

test('there is nothing to sign on a chain that nobody here knows, nor does anything prove it', () => {
  const intent = { ...proofOfControl, chain: 'cosmos:hub' };
  expect(controlToSign(intent)).toBeNull();
  expect(isControlProven(intent, '00'.repeat(64))).toBe(false);
  expect(() => controlWritten('cosmos:hub', new Uint8Array(64))).toThrow(TypeError);
});
