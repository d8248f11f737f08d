import { secp256k1, schnorr } from '@noble/curves/secp256k1.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { base64 } from '@scure/base';
import { describe, expect, it, test } from 'vitest';
import type { ProofOfControlIntent } from '#lib/protocol/control-intent.ts';
import { proofOfControl } from '#lib/protocol/testing/every-kind.ts';
import { controlText } from '../control-text.ts';
import { addressOf, readAddress } from './address.ts';
import {
  controlDigest,
  controlPart,
  controlProof,
  isControlProven,
  messageDigest,
} from './control-message.ts';
import { decode } from './decode.ts';
import { BITCOIN_MAINNET, BITCOIN_REGTEST } from './networks.ts';
import { BitcoinSignatureError } from './signature.ts';
import { readScript, type AccountKind } from './script.ts';
import { testAccount } from './testing/payments.ts';
import { writeOutput, writePsbt, record } from './testing/psbt-writer.ts';
import { signDigest } from './testing/sign.ts';

/** From `bip-0322/basic-test-vectors.json` of bitcoin/bips (CC0-1.0). */
const ecdsaAddress = 'bc1q9vza2e8x573nczrlzms0wvx3gsqjx7vavgkx0l';
const taprootAddress = 'bc1pss0zhytly75awhm6x2hhvd5lnzv3vssgrf9axfheq8ldyzn88ges79fler';

const digestFor = (message: string, address: string): Uint8Array => {
  const read = readAddress(address, BITCOIN_MAINNET);
  if (!read.ok) throw new Error(read.refusal);
  const kind = read.kind === 'p2tr' ? 'p2tr' : 'p2wpkh';
  return messageDigest(utf8ToBytes(message), read.script, kind);
};

describe('the digest of a message', () => {
  test.each([
    [
      '',
      'AkcwRAIgM2gBAQqvZX15ZiysmKmQpDrG83avLIT492QBzLnQIxYCIBaTpOaD20qRlEylyxFSeEA2ba9YOixpX8z46TSDtS40ASECx/EgAxlkQpQ9hYjgGu6EBCPMVPwVIVJqO4XCsMvViHI=',
    ],
    [
      'Hello World',
      'AkcwRAIgZRfIY3p7/DoVTty6YZbWS71bc5Vct9p9Fia83eRmw2QCICK/ENGfwLtptFluMGs2KsqoNSk89pO7F29zJLUx9a/sASECx/EgAxlkQpQ9hYjgGu6EBCPMVPwVIVJqO4XCsMvViHI=',
    ],
  ])("is the one that BIP322's signature under ECDSA is over: “%s”", (message, vector) => {
    const bytes = base64.decode(vector);
    // Two items: the signature with its sighash type, and a key of 33 bytes.
    const length = bytes[1] ?? 0;
    const der = bytes.slice(2, 1 + length);
    const key = bytes.slice(-33);
    const options = { format: 'der', prehash: false } as const;
    expect(secp256k1.verify(der, digestFor(message, ecdsaAddress), key, options)).toBe(true);
    expect(secp256k1.verify(der, digestFor('other', ecdsaAddress), key, options)).toBe(false);
  });

  test("is the one that BIP322's signature under taproot is over", () => {
    const vector =
      'AUCJYOwOjxYAvatTAGYaVlNXBVyFuc4MwNQkOuK2tl8xhfKDONd0NjfYyNSYcRqeCp8hsAnCEPHAVEkO9h6vbQ/R';
    const signature = base64.decode(vector).slice(2);
    const read = readAddress(taprootAddress, BITCOIN_MAINNET);
    const key = read.ok ? readScript(read.script)?.program : undefined;
    if (!key) throw new Error('The address is one of taproot.');
    const digest = digestFor('No prefix fallback', taprootAddress);
    expect(schnorr.verify(signature, digest, key)).toBe(true);
    expect(schnorr.verify(signature, digestFor('No prefix', taprootAddress), key)).toBe(false);
  });
});

describe.each<AccountKind>(['p2tr', 'p2wpkh'])('a proof of control under %s', (kind) => {
  const { context, keys } = testAccount('ours', kind);
  const { publicKey, secret } = keys.receive;
  const intent: ProofOfControlIntent = {
    ...proofOfControl,
    chain: BITCOIN_REGTEST,
    address: addressOf({ publicKey, kind, chain: BITCOIN_REGTEST }),
    challenge: {
      ...proofOfControl.challenge,
      block: { height: 120, hash: 'ab'.repeat(32) },
    },
  };
  const part = controlPart(intent, context.receive.path);
  if (!part) throw new Error('The sample is on a Bitcoin chain.');
  const sign = (key = secret): Uint8Array => signDigest(hexToBytes(part.bytes), part.tweak, key);
  const proof = controlProof(intent, publicKey, sign());

  it('is a part like that of a payment, and a function of the intent alone', () => {
    expect(part.path).toEqual(context.receive.path);
    expect(part.tweak).toBe(kind === 'p2tr' ? 'taproot' : 'none');
    expect(part.bytes).toBe(bytesToHex(controlDigest(intent) ?? new Uint8Array()));
    const read = readAddress(intent.address, intent.chain);
    const script = read.ok ? read.script : new Uint8Array();
    const text = utf8ToBytes(controlText(intent));
    expect(part.bytes).toBe(bytesToHex(messageDigest(text, script, kind)));
    const other = { ...intent, operation: '6c0d4f6a-2b1e-4d3c-8a9b-0c1d2e3f4a5b' };
    expect(controlPart(other, [])?.bytes).not.toBe(part.bytes);
  });

  it('is proven by the signature of the address, and by no other', () => {
    expect(isControlProven(intent, proof)).toBe(true);
    const other = { ...intent, operation: '6c0d4f6a-2b1e-4d3c-8a9b-0c1d2e3f4a5b' };
    expect(isControlProven(other, proof)).toBe(false);
    const { keys: theirs } = testAccount('other', kind);
    const address = addressOf({ ...theirs.receive, kind, chain: BITCOIN_REGTEST });
    expect(isControlProven({ ...intent, address }, proof)).toBe(false);
    expect(() => controlProof(intent, publicKey, sign(theirs.receive.secret))).toThrow(
      BitcoinSignatureError,
    );
    expect(() =>
      controlProof(intent, theirs.receive.publicKey, sign(theirs.receive.secret)),
    ).toThrow(BitcoinSignatureError);
  });

  it('has one spelling: text that is cut, changed or of another form proves nothing', () => {
    for (const text of [
      '',
      'smp',
      'smpAA==',
      'smp%%%',
      proof.slice(3),
      `ful${proof.slice(3)}`,
      `${proof}AAAA`,
      proof.slice(0, -4),
      `smp${'A'.repeat(1_000)}`,
    ])
      expect(isControlProven(intent, text), text).toBe(false);
    const bytes = base64.decode(proof.slice(3));
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Uint8Array.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 0x10;
      expect(isControlProven(intent, `smp${base64.encode(changed)}`), `byte ${at}`).toBe(false);
    }
  });

  it('is none on another chain, for an address of another kind, or one that is spelled otherwise', () => {
    for (const changes of [
      { chain: 'solana:sandbox' },
      { chain: BITCOIN_MAINNET },
      { address: intent.address.toUpperCase() },
      { address: '2MzQwSSnBHWHqSAqtTVQ6v47XtaisrJa1Vc' },
    ]) {
      const elsewhere = { ...intent, ...changes };
      expect(controlDigest(elsewhere)).toBeNull();
      expect(controlPart(elsewhere, [])).toBeNull();
      expect(isControlProven(elsewhere, proof)).toBe(false);
      expect(() => controlProof(elsewhere, publicKey, sign())).toThrow(TypeError);
    }
  });

  it("is no payment to any party's decoder", () => {
    const spent = { amount: 0n, script: Uint8Array.of(0x51, 32, ...new Uint8Array(32).fill(1)) };
    const psbt = writePsbt({
      magic: Uint8Array.of(0x70, 0x73, 0x62, 0x74, 0xff),
      version: 0,
      lockTime: 0,
      inputs: [{ txid: 'ab'.repeat(32), vout: 0, script: new Uint8Array(), sequence: 0 }],
      outputs: [{ amount: 0n, script: Uint8Array.of(0x6a) }],
      globals: [],
      inputRecords: [[record(kind === 'p2tr' ? 0x01 : 0x00, writeOutput(spent))]],
      outputRecords: [[]],
    });
    expect(() => decode(psbt, context)).toThrow('version');
  });
});
