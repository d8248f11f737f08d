import { randomBytes } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { base58 } from '@scure/base';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildTransfer } from '#lib/chains/solana/build.ts';
import { softwareKey, type SoftwareKey } from '#lib/chains/solana/software-key.ts';
import { assembleTransaction } from '#lib/chains/solana/transaction.ts';
import { nonceValueAt } from './blockhashes.ts';
import { openLocalChain, type LocalChain } from './testing/local-chain.ts';
import { freshKey, SOL } from './testing/vault-fixture.ts';
import { readTransaction } from './wire.ts';

let local: LocalChain;
let vault: SoftwareKey;
let payers: [SoftwareKey, SoftwareKey];
let account: string;
let to: string;

beforeEach(() => {
  local = openLocalChain();
  vault = freshKey();
  payers = [freshKey(), freshKey()];
  to = freshKey().address;
  local.deposit(vault.address, 10n * SOL);
  for (const payer of payers) local.deposit(payer.address, SOL);
  account = local.openNonce(payers[0], vault.address);
});
afterEach(() => local.remove());

function transfer(
  payer: SoftwareKey,
  value: string,
  lamports = SOL,
  sign = (message: Uint8Array) => payer.sign(message),
): Uint8Array {
  const message = buildTransfer({
    feePayer: payer.address,
    from: vault.address,
    to,
    lamports,
    memo: null,
    nonce: { account, value },
  });
  return assembleTransaction(message, {
    [payer.address]: sign(message),
    [vault.address]: vault.sign(message),
  });
}

/** Another valid signature over the same message: whoever has the key can make as many as they like. */
function signAnew(seed: Uint8Array, message: Uint8Array): Uint8Array {
  const { scalar, pointBytes } = ed25519.utils.getExtendedPublicKey(seed);
  const { BASE, Fn } = ed25519.Point;
  const nonce = Fn.create(BigInt(`0x${randomBytes(32).toString('hex')}`));
  const commitment = BASE.multiply(nonce).toBytes();
  const hash = sha512(Uint8Array.from([...commitment, ...pointBytes, ...message])).toReversed();
  const challenge = Fn.create(BigInt(`0x${Buffer.from(hash).toString('hex')}`));
  return Uint8Array.from([...commitment, ...Fn.toBytes(Fn.add(nonce, Fn.mul(challenge, scalar)))]);
}

const nextValue = (): string =>
  base58.encode(nonceValueAt(local.chain.blockhashes.at(local.chain.slot())));

describe('a transfer that advances a nonce but lives by a recent blockhash runs as on a validator', () => {
  it('two of them run one after another: the nonce holds neither back', () => {
    const anchor = local.newestBlockhash();
    expect(payers.map((payer) => local.run(transfer(payer, anchor)))).toEqual([true, true]);
    expect(local.balance(to)).toBe(2n * SOL);
  });

  it('leaves the nonce at the value of the slot it ran in, not of the blockhash it named', () => {
    const anchor = local.newestBlockhash();
    local.chain.advanceSlot();
    const next = nextValue();
    expect(local.run(transfer(payers[0], anchor))).toBe(true);
    expect(local.nonceValue(account)).toBe(next);
  });

  it('is refused when the nonce was already advanced in the same slot', () => {
    const anchor = local.newestBlockhash();
    const incoming = payers.map((payer) => transfer(payer, anchor));
    const [first, second] = incoming.map(readTransaction);
    if (!first || !second) throw new Error('missing');
    local.chain.run(first);
    local.chain.run(second);
    expect(local.chain.history.find(second.id)?.error).toEqual({
      InstructionError: [0, { Custom: 7 }],
    });
    expect(local.balance(to)).toBe(SOL);
  });

  it('leaves the nonce alone when it fails, for the nonce is not what it lived by', () => {
    const before = local.nonceValue(account);
    const paid = local.balance(payers[0].address);
    expect(local.run(transfer(payers[0], local.newestBlockhash(), 100n * SOL))).toBe(false);
    expect(local.balance(payers[0].address)).toBeLessThan(paid);
    expect(local.nonceValue(account)).toBe(before);
  });

  it('the same message runs once, however its fee payer signed it', () => {
    const anchor = local.newestBlockhash();
    const seed = new Uint8Array(randomBytes(32));
    const payer = softwareKey(seed);
    local.deposit(payer.address, SOL);
    expect(local.run(transfer(payer, anchor))).toBe(true);
    expect(local.run(transfer(payer, anchor, SOL, (message) => signAnew(seed, message)))).toBe(
      false,
    );
    expect(local.balance(to)).toBe(SOL);
  });
});

describe('a transfer that lives by a nonce', () => {
  it('runs long after with the value on the chain, and only once', () => {
    const value = local.nonceValue(account);
    for (let slots = 0; slots < 200; slots += 1) local.chain.advanceSlot();
    expect(local.run(transfer(payers[0], value))).toBe(true);
    expect(local.run(transfer(payers[1], value))).toBe(false);
    expect(local.balance(to)).toBe(SOL);
  });

  it('is refused with any value but the one on the chain', () => {
    const old = local.nonceValue(account);
    expect(local.run(transfer(payers[0], old))).toBe(true);
    for (const value of [old, freshKey().address])
      expect(local.run(transfer(payers[1], value))).toBe(false);
    expect(local.balance(to)).toBe(SOL);
  });

  it('uses its nonce even when it fails', () => {
    const value = local.nonceValue(account);
    expect(local.run(transfer(payers[0], value, 100n * SOL))).toBe(false);
    expect(local.nonceValue(account)).not.toBe(value);
    expect(local.run(transfer(payers[1], value))).toBe(false);
  });

  it('a nonce account starts with the value of the slot it was made in', () => {
    const next = nextValue();
    const other = local.openNonce(payers[1], vault.address);
    expect(local.nonceValue(other)).toBe(next);
  });
});
