import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { base58 } from '@scure/base';
import { afterAll, describe, expect, it } from 'vitest';
import { buildTransfer } from './build.ts';
import { buildNonceAccountCreation } from './build-nonce-account.ts';
import { createFeePayerKey, FeePayerKeyError, loadFeePayer, signAsFeePayer } from './fee-payer.ts';
import { verifySignature } from './software-key.ts';

const folder = mkdtempSync(join(tmpdir(), 'fee-payer-'));
afterAll(() => rmSync(folder, { recursive: true }));

const key = (byte: number): string => base58.encode(new Uint8Array(32).fill(byte));
const transferPaidBy = (feePayer: string): Uint8Array =>
  buildTransfer({
    feePayer,
    from: key(2),
    to: key(3),
    lamports: 1n,
    memo: null,
    nonce: { account: key(4), value: key(5) },
  });

describe('the key file', () => {
  it('is made readable by its owner only, and gives the same key again', () => {
    const path = join(folder, 'made.json');
    const made = createFeePayerKey(path);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(loadFeePayer(path).address).toBe(made.address);
    expect(
      verifySignature(made.address, Uint8Array.of(1), loadFeePayer(path).sign(Uint8Array.of(1))),
    ).toBe(true);
  });

  it('is never overwritten', () => {
    const path = join(folder, 'kept.json');
    createFeePayerKey(path);
    const before = readFileSync(path, 'utf8');
    expect(() => createFeePayerKey(path)).toThrow('EEXIST');
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  it('is refused when others can read it', () => {
    const path = join(folder, 'open.json');
    createFeePayerKey(path);
    chmodSync(path, 0o640);
    expect(() => loadFeePayer(path)).toThrow(
      expect.objectContaining({ fault: 'key-file-open-to-others' }),
    );
  });

  it('is refused when it is missing', () => {
    expect(() => loadFeePayer(join(folder, 'none.json'))).toThrow(
      expect.objectContaining({ fault: 'key-file-missing' }),
    );
  });

  it.each([
    ['empty', ''],
    ['no JSON', 'secret'],
    ['too short', JSON.stringify(Array.from({ length: 63 }, () => 1))],
    ['not bytes', JSON.stringify(Array.from({ length: 64 }, () => 256))],
    ['fractions', JSON.stringify(Array.from({ length: 64 }, () => 0.5))],
    ['another public key than the seed gives', JSON.stringify(Array.from({ length: 64 }, () => 1))],
    ['far too long', '1'.repeat(5000)],
  ])('is refused when it is %s, and the refusal does not show it', (name, text) => {
    const path = join(folder, `bad-${name.replaceAll(' ', '-')}.json`);
    writeFileSync(path, text, { mode: 0o600 });
    expect(() => loadFeePayer(path)).toThrow(FeePayerKeyError);
    expect(() => loadFeePayer(path)).toThrow(
      expect.objectContaining({ fault: 'key-file-malformed' }),
    );
  });
});

describe('the fee payer', () => {
  const feePayer = createFeePayerKey(join(folder, 'signs.json'));

  it('signs a vault transfer whose fee it pays', () => {
    const message = transferPaidBy(feePayer.address);
    expect(
      verifySignature(
        feePayer.address,
        message,
        signAsFeePayer(feePayer, message, 'solana:sandbox'),
      ),
    ).toBe(true);
  });

  it('signs no transfer that another account pays for, and nothing that is no vault transfer', () => {
    expect(() => signAsFeePayer(feePayer, transferPaidBy(key(9)), 'solana:sandbox')).toThrow(
      'another fee payer',
    );
    const creation = buildNonceAccountCreation({
      feePayer: feePayer.address,
      seed: 'n-1',
      authority: key(2),
      lamports: 1n,
      blockhash: key(5),
    });
    expect(() => signAsFeePayer(feePayer, creation, 'solana:sandbox')).toThrow(
      'vault transfers only',
    );
  });
});
