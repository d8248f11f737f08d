import fc from 'fast-check';
import { getCompiledTransactionMessageDecoder } from '@solana/kit';
import { describe, expect, it } from 'vitest';
import { buildTransfer, type TransferInput } from './build.ts';
import type { DecodedTransaction } from '#lib/protocol/bundle.ts';
import { propertyTimeout, runs } from '../testing/run-counts.ts';
import { nonceOfConflictKey } from './conflict-key.ts';
import { decodeTransfer } from './decode.ts';
import { transfer } from './testing/arbitraries.ts';

const timeout = propertyTimeout;
const drawn = runs(500, 20_000);
const chain = 'solana:sandbox';

const expectedOf = (input: TransferInput) => ({
  chain,
  asset: 'SOL',
  from: input.from,
  to: input.to,
  amount: input.lamports,
  feePayer: input.feePayer,
  fee: 10_000n,
  memo: input.memo,
  conflictKey: `solana:nonce:${input.nonce.account}:${input.nonce.value}:${input.feePayer}`,
});

describe('decoding a transfer', { timeout }, () => {
  it('gives back exactly what was built', () => {
    fc.assert(
      fc.property(transfer, (input) => {
        expect(decodeTransfer(buildTransfer(input), chain)).toEqual({
          ok: true,
          transaction: expectedOf(input),
        });
      }),
      { numRuns: drawn },
    );
  });

  it('never takes a message with one changed byte for the same transfer', () => {
    fc.assert(
      fc.property(transfer, fc.nat(), fc.integer({ min: 1, max: 255 }), (input, where, flip) => {
        const message = buildTransfer(input);
        const at = where % message.length;
        message[at] = (message[at] ?? 0) ^ flip;
        const decoded = decodeTransfer(message, chain);
        if (decoded.ok) expect(decoded.transaction).not.toEqual(expectedOf(input));
      }),
      { numRuns: drawn * 4 },
    );
  });

  it('reads every byte position: changing any of them changes or refuses the transfer', () => {
    fc.assert(
      fc.property(transfer, fc.integer({ min: 1, max: 255 }), (input, flip) => {
        const message = buildTransfer(input);
        for (let at = 0; at < message.length; at += 1) {
          const changed = Uint8Array.from(message);
          changed[at] = (changed[at] ?? 0) ^ flip;
          const decoded = decodeTransfer(changed, chain);
          if (decoded.ok) expect(decoded.transaction, `byte ${at}`).not.toEqual(expectedOf(input));
        }
      }),
      { numRuns: runs(25, 500) },
    );
  });

  it('has one message per transfer: what decodes is built again byte for byte', () => {
    fc.assert(
      fc.property(transfer, fc.nat(), fc.nat({ max: 255 }), (input, where, byte) => {
        const message = buildTransfer(input);
        message[where % message.length] = byte;
        const decoded = decodeTransfer(message, chain);
        if (!decoded.ok) return;
        const { transaction } = decoded;
        const again = buildTransfer({
          ...transaction,
          lamports: transaction.amount,
          nonce: nonceOfConflictKey(transaction.conflictKey),
        });
        expect(again).toEqual(message);
      }),
      { numRuns: drawn * 4 },
    );
  });

  it('has one message per intent and conflict key, so one signature serves one payment', () => {
    let compared = 0;
    // What the intent fixes stays; what it leaves to the worker is another's, in any combination.
    const worker = fc.record({ nonce: fc.boolean(), feePayer: fc.boolean(), byte: fc.boolean() });
    fc.assert(
      fc.property(transfer, transfer, worker, fc.nat(), fc.nat({ max: 255 }), (...picked) => {
        const [input, other, free, where, byte] = picked;
        const one = buildTransfer(input);
        const varied = {
          ...input,
          nonce: free.nonce ? other.nonce : input.nonce,
          feePayer: free.feePayer ? other.feePayer : input.feePayer,
        };
        fc.pre(
          new Set([...Object.values(varied.nonce), varied.feePayer, input.from, input.to]).size ===
            5,
        );
        const two = buildTransfer(varied);
        if (free.byte) two[where % two.length] = byte;
        const [left, right] = [one, two].map((message) => decodeTransfer(message, chain));
        if (!left?.ok || !right?.ok) return;
        const intentOf = ({ from, to, amount, memo, asset }: DecodedTransaction) =>
          JSON.stringify([from, to, String(amount), memo, asset]);
        if (intentOf(left.transaction) !== intentOf(right.transaction)) return;
        const isSame = Buffer.compare(one, two) === 0;
        expect(left.transaction.conflictKey === right.transaction.conflictKey).toBe(isSame);
        compared += 1;
      }),
      { numRuns: drawn * 4 },
    );
    expect(compared).toBeGreaterThan(drawn);
  });

  it('refuses random bytes, cut messages and messages with something behind them', () => {
    fc.assert(
      fc.property(transfer, fc.uint8Array({ maxLength: 400 }), fc.nat(), (input, noise, cut) => {
        const message = buildTransfer(input);
        expect(decodeTransfer(noise, chain).ok).toBe(false);
        expect(decodeTransfer(message.slice(0, cut % message.length), chain).ok).toBe(false);
        if (noise.length > 0) {
          const longer = Uint8Array.from([...message, ...noise]);
          expect(decodeTransfer(longer, chain)).toMatchObject({
            ok: false,
            refusal: 'transaction-undecodable',
          });
        }
      }),
      { numRuns: drawn },
    );
  });

  it('agrees with an independent decoder about every account and instruction', () => {
    fc.assert(
      fc.property(transfer, (input) => {
        const other = getCompiledTransactionMessageDecoder().decode(buildTransfer(input));
        if (!('staticAccounts' in other) || !('lifetimeToken' in other))
          throw new Error('not a legacy message');
        expect(other.version).toBe('legacy');
        expect(other.lifetimeToken).toBe(input.nonce.value);
        expect(other.staticAccounts.slice(0, 4)).toEqual([
          input.feePayer,
          input.from,
          input.nonce.account,
          input.to,
        ]);
        expect(other.header).toEqual({
          numSignerAccounts: 2,
          numReadonlySignerAccounts: 0,
          numReadonlyNonSignerAccounts: input.memo === null ? 2 : 3,
        });
      }),
      { numRuns: drawn },
    );
  });
});
