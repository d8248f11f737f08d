import fc from 'fast-check';
import {
  bytesToHex,
  hexToBytes,
  keccak256,
  parseTransaction,
  serializeTransaction,
} from 'viem/utils';
import { describe, expect, it } from 'vitest';
import { DecodeError, decoded, type Decoded } from '../decoded.ts';
import { propertyTimeout, runs } from '../testing/run-counts.ts';
import { buildTransfer, type TransferInput } from './build.ts';
import { nonceOfConflictKey } from './conflict-key.ts';
import { ethereumContext, type EthereumContext } from './context.ts';
import { decode } from './decode.ts';
import { knownCalls } from './known-calls.ts';
import { transferCase } from './testing/arbitraries.ts';

const timeout = propertyTimeout;
const drawn = runs(300, 20_000);

/** What a decoder makes of bytes, or the error it threw; anything else it throws fails the test. */
function attempt(bytes: Uint8Array, context: EthereumContext): Decoded | DecodeError {
  try {
    return decode(bytes, context);
  } catch (error) {
    if (error instanceof DecodeError) return error;
    throw error;
  }
}

/** What an intent fixes, and what it leaves to whoever builds. */
const meaning = (one: Decoded) => JSON.stringify({ ...one, parts: [] });

function rebuild(one: Decoded, context: EthereumContext): Uint8Array {
  if (one.details.family !== 'ethereum') throw new Error('another family');
  const { gasLimit, maxFeePerGas, maxPriorityFeePerGas } = one.details;
  const token = context.tokens.find(({ asset }) => asset === one.asset);
  return buildTransfer({
    chain: one.chain,
    nonce: nonceOfConflictKey(one.conflictKey).nonce,
    to: one.to,
    amount: BigInt(one.amount),
    token: token?.contract ?? null,
    gasLimit: BigInt(gasLimit),
    maxFeePerGas: BigInt(maxFeePerGas),
    maxPriorityFeePerGas: BigInt(maxPriorityFeePerGas),
  });
}

describe('decoding a transfer', { timeout }, () => {
  it('gives back exactly what was built, in the shape of every chain', () => {
    fc.assert(
      fc.property(transferCase, ({ input, context, key }) => {
        const bytes = buildTransfer(input);
        const got = decode(bytes, ethereumContext.parse(context));
        expect(decoded.parse(got)).toEqual(got);
        expect(got).toMatchObject({
          chain: input.chain,
          asset: input.token === null ? 'ETH' : 'EURC',
          from: key.address,
          to: input.to,
          amount: String(input.amount),
          feePayer: key.address,
          fee: String(input.gasLimit * input.maxFeePerGas),
          memo: null,
          conflictKey: `${input.chain}:nonce:${key.address}:${input.nonce}`,
          details: { target: input.token ?? input.to, nonce: String(input.nonce) },
          parts: [{ bytes: keccak256(bytes).slice(2), path: context.account.path, tweak: 'none' }],
        });
      }),
      { numRuns: drawn },
    );
  });

  it('never takes bytes with one changed byte for the same transfer', () => {
    fc.assert(
      fc.property(
        transferCase,
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        ({ input, context }, where, flip) => {
          const bytes = buildTransfer(input);
          const before = decode(bytes, context);
          const at = where % bytes.length;
          bytes[at] = (bytes[at] ?? 0) ^ flip;
          const after = attempt(bytes, context);
          if (!(after instanceof DecodeError)) expect(meaning(after)).not.toBe(meaning(before));
        },
      ),
      { numRuns: drawn * 4 },
    );
  });

  it('reads every byte: changing any of them changes or refuses the transfer', () => {
    fc.assert(
      fc.property(transferCase, fc.integer({ min: 1, max: 255 }), ({ input, context }, flip) => {
        const bytes = buildTransfer(input);
        const before = meaning(decode(bytes, context));
        for (let at = 0; at < bytes.length; at += 1) {
          const changed = Uint8Array.from(bytes);
          changed[at] = (changed[at] ?? 0) ^ flip;
          const after = attempt(changed, context);
          if (!(after instanceof DecodeError))
            expect(meaning(after), `byte ${at}`).not.toBe(before);
        }
      }),
      { numRuns: runs(25, 500) },
    );
  });

  it('has one sequence of bytes per transfer: what decodes is built again byte for byte', () => {
    let same = 0;
    fc.assert(
      fc.property(
        transferCase,
        fc.nat(),
        fc.nat({ max: 255 }),
        ({ input, context }, where, byte) => {
          const bytes = buildTransfer(input);
          bytes[where % bytes.length] = byte;
          const got = attempt(bytes, context);
          if (got instanceof DecodeError) return;
          expect(rebuild(got, context)).toEqual(bytes);
          same += 1;
        },
      ),
      { numRuns: drawn * 4 },
    );
    expect(same).toBeGreaterThan(drawn / 10);
  });

  it('ties a replacement to the same nonce, and another nonce to another key', () => {
    fc.assert(
      fc.property(transferCase, fc.boolean(), ({ input, context }, isSameNonce) => {
        const one = decode(buildTransfer(input), context);
        const raised: TransferInput = {
          ...input,
          nonce: isSameNonce ? input.nonce : (input.nonce + 1n) % 2n ** 50n,
          maxPriorityFeePerGas: 1n,
        };
        const two = decode(buildTransfer(raised), context);
        expect(one.conflictKey === two.conflictKey).toBe(raised.nonce === input.nonce);
      }),
      { numRuns: drawn },
    );
  });

  it('refuses random bytes, cut bytes and bytes with something behind them', () => {
    fc.assert(
      fc.property(
        transferCase,
        fc.uint8Array({ minLength: 1, maxLength: 300 }),
        fc.nat(),
        ({ input, context }, noise, cut) => {
          const bytes = buildTransfer(input);
          expect(attempt(noise, context)).toBeInstanceOf(DecodeError);
          expect(attempt(Uint8Array.of(2, ...noise), context)).toBeInstanceOf(DecodeError);
          expect(attempt(bytes.slice(0, cut % bytes.length), context)).toBeInstanceOf(DecodeError);
          expect(attempt(Uint8Array.of(...bytes, ...noise), context)).toMatchObject({
            refusal: 'transaction-undecodable',
          });
        },
      ),
      { numRuns: drawn },
    );
  });

  it('takes no call to a token but the transfer that is built again byte for byte', () => {
    const callData = fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 200 }),
      fc
        .tuple(
          fc.constantFrom(...knownCalls.keys(), '0xa9059cbb'),
          fc.uint8Array({ maxLength: 200 }),
        )
        .map(([selector, rest]) =>
          Uint8Array.of(...hexToBytes(selector as `0x${string}`), ...rest),
        ),
      // The right shape with anything in it: few of these have clean upper bytes of the address.
      fc
        .tuple(fc.constantFrom(0, 0, 1), fc.uint8Array({ minLength: 52, maxLength: 52 }))
        .map(([dirt, rest]) =>
          Uint8Array.of(0xa9, 0x05, 0x9c, 0xbb, ...new Uint8Array(11), dirt, ...rest),
        ),
    );
    let taken = 0;
    fc.assert(
      fc.property(transferCase, callData, ({ input, context }, data) => {
        const [token] = context.tokens;
        const bytes = hexToBytes(
          serializeTransaction({
            type: 'eip1559',
            chainId: Number(input.chain.slice('eip155:'.length)),
            nonce: Number(input.nonce),
            gas: 60_000n,
            maxFeePerGas: input.maxFeePerGas,
            maxPriorityFeePerGas: input.maxPriorityFeePerGas,
            to: (token?.contract ?? '0x') as `0x${string}`,
            data: bytesToHex(data),
          }),
        );
        const got = attempt(bytes, context);
        if (got instanceof DecodeError) {
          expect(got.refusal).toBe('transaction-not-a-transfer');
          return;
        }
        expect(rebuild(got, context)).toEqual(bytes);
        taken += 1;
      }),
      { numRuns: drawn * 2 },
    );
    expect(taken).toBeGreaterThan(drawn / 10);
  });

  it("agrees with the library's own reader about every field", () => {
    fc.assert(
      fc.property(transferCase, ({ input, context }) => {
        const bytes = buildTransfer(input);
        const { details } = decode(bytes, context);
        const other = parseTransaction(bytesToHex(bytes) as `0x02${string}`);
        if (details.family !== 'ethereum') throw new Error('another family');
        expect(`eip155:${other.chainId}`).toBe(input.chain);
        expect(String(other.nonce ?? 0)).toBe(details.nonce);
        expect(String(other.gas ?? 0n)).toBe(details.gasLimit);
        expect(String(other.maxFeePerGas ?? 0n)).toBe(details.maxFeePerGas);
        expect(String(other.maxPriorityFeePerGas ?? 0n)).toBe(details.maxPriorityFeePerGas);
        expect(String(other.value ?? 0n)).toBe(details.value);
        expect(other.to?.toLowerCase()).toBe(details.target.toLowerCase());
      }),
      { numRuns: drawn },
    );
  });
});
