import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { Transaction } from '@scure/btc-signer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DecideInput } from '#lib/protocol/decide-input.ts';
import { matchTransaction } from '#lib/protocol/match-transaction.ts';
import { withdrawal } from '#lib/protocol/testing/sample.ts';
import { DecodeError, decoded, type Decoded } from '../decoded.ts';
import { propertyTimeout, runs } from '../testing/run-counts.ts';
import { addressOf, addressOfScript } from './address.ts';
import { buildPayment, type PaymentInput, type PaymentResult } from './build.ts';
import type { BitcoinContext } from './context.ts';
import { decode } from './decode.ts';
import { dustLimit } from './script.ts';
import { payment, type Payment } from './testing/payments.ts';

const timeout = propertyTimeout;
const changes = runs(160);

type Built = Extract<PaymentResult, { ok: true }>;

function built(input: PaymentInput): Built {
  const result = buildPayment(input);
  fc.pre(result.ok);
  if (!result.ok) throw new Error('unreachable');
  return result;
}

const tried = (unsigned: Uint8Array, context: BitcoinContext): Decoded | null => {
  try {
    return decode(unsigned, context);
  } catch (error) {
    if (error instanceof DecodeError) return null;
    throw error;
  }
};

const addressOn = ({ account: { context } }: Payment, branch: 'receive' | 'change'): string =>
  addressOf({ ...context, publicKey: hexToBytes(context[branch].publicKey) });

/** What a party says of a transaction for the intent that asks for exactly another one, at most at its fee. */
function refusalBeside(asked: Decoded, found: Decoded): string | null {
  const { details: _, parts: __, ...transaction } = found;
  const intent = {
    ...withdrawal,
    chain: asked.chain,
    asset: asked.asset,
    destination: { ...withdrawal.destination, address: asked.to },
    amount: asked.amount,
    memo: null,
    highestFee: asked.fee,
    feeBearer: withdrawal.client,
  };
  const source = { address: asked.from, owner: withdrawal.client };
  const of = { transaction, party: { vaults: [] }, ties: [asked.conflictKey] };
  return matchTransaction(intent, source, of as unknown as DecideInput);
}

describe('decoding a payment', { timeout }, () => {
  it('gives back exactly what was built, in the shape of every chain', () => {
    fc.assert(
      fc.property(payment(5), (drawn) => {
        const { input } = drawn;
        const { unsigned, fee, change } = built(input);
        const read = decode(unsigned, input.account);
        expect(decoded.parse(read)).toEqual(read);
        const { chain } = input.account;
        const own = addressOn(drawn, 'receive');
        expect(read).toMatchObject({ chain, asset: 'BTC', from: own, feePayer: own, memo: null });
        expect(read).toMatchObject({ to: input.to, amount: String(input.amount) });
        expect(read.fee).toBe(String(fee));
        if (read.details.family !== 'bitcoin') throw new Error('another family');
        const { inputs, outputs } = read.details;
        const spent = inputs.map(({ outpoint }) =>
          input.coins.find(({ txid, vout }) => `${txid}:${vout}` === outpoint),
        );
        for (const [at, coin] of spent.entries())
          expect(inputs[at]).toMatchObject({
            amount: String(coin?.amount),
            address: addressOn(drawn, coin?.branch ?? 'receive'),
          });
        expect(read.parts.map(({ path }) => path)).toEqual(
          spent.map((coin) => input.account[coin?.branch ?? 'receive'].path),
        );
        const keys = inputs.map(({ outpoint }) => `${chain}:outpoint:${outpoint}`);
        expect([read.conflictKey, ...(read.uses ?? [])]).toEqual(keys);
        expect(outputs).toEqual([
          { address: input.to, amount: String(input.amount), role: 'recipient' },
          ...(change === 0n
            ? []
            : [{ address: addressOn(drawn, 'change'), amount: String(change), role: 'change' }]),
        ]);
      }),
      { numRuns: runs(40) },
    );
  });

  it('loses no satoshi: what is spent is paid, returned or the fee, within the bound', () => {
    fc.assert(
      fc.property(payment(70), fc.bigInt({ min: 1n, max: 100_000n }), ({ input }, highestFee) => {
        const { unsigned } = built({ ...input, highestFee });
        const read = decode(unsigned, input.account);
        if (read.details.family !== 'bitcoin') throw new Error('another family');
        const sum = (list: { amount: string }[]): bigint =>
          list.reduce((total, { amount }) => total + BigInt(amount), 0n);
        const { inputs, outputs, virtualBytes } = read.details;
        expect(sum(inputs)).toBe(sum(outputs) + BigInt(read.fee));
        expect(BigInt(read.fee)).toBeLessThanOrEqual(highestFee);
        expect(BigInt(read.fee) * 1000n).toBeGreaterThanOrEqual(input.rate * BigInt(virtualBytes));
        for (const { amount } of outputs.slice(1))
          expect(BigInt(amount)).toBeGreaterThanOrEqual(dustLimit[input.account.kind]);
      }),
      { numRuns: runs(15, 1_000) },
    );
  });

  it('never takes bytes with one change for the same transaction under the same digests', () => {
    fc.assert(
      fc.property(payment(3), fc.nat(), fc.integer({ min: 1, max: 255 }), (drawn, where, flip) => {
        const { input } = drawn;
        const { unsigned } = built(input);
        const before = decode(unsigned, input.account);
        const changed = Uint8Array.from(unsigned);
        const at = where % changed.length;
        changed[at] = (changed[at] ?? 0) ^ flip;
        const after = tried(changed, input.account);
        if (!after) return;
        expect(after).not.toEqual(before);
        // Every digest commits to all that was read, so none of the old signatures serves the new bytes.
        for (const [place, { bytes }] of after.parts.entries())
          expect(bytes).not.toBe(before.parts[place]?.bytes);
      }),
      { numRuns: changes },
    );
  });

  it('reads every byte: with any of them changed it is refused, or differs in what the intent leaves free', () => {
    fc.assert(
      fc.property(payment(2), fc.integer({ min: 1, max: 255 }), ({ input }, flip) => {
        const { unsigned } = built(input);
        const before = decode(unsigned, input.account);
        expect(refusalBeside(before, before)).toBeNull();
        for (let at = 0; at < unsigned.length; at += 1) {
          const changed = Uint8Array.from(unsigned);
          changed[at] = (changed[at] ?? 0) ^ flip;
          const after = tried(changed, input.account);
          if (!after || refusalBeside(before, after) !== null) continue;
          // A smaller fee with more change, or another coin beside the one that ties the operation.
          const isOther =
            BigInt(after.fee) < BigInt(before.fee) ||
            JSON.stringify(after.uses) !== JSON.stringify(before.uses);
          expect(isOther, `byte ${at}`).toBe(true);
        }
      }),
      { numRuns: runs(3, 200) },
    );
  });

  it('is one payment for one spelling: what decodes is made of the same bytes again', () => {
    fc.assert(
      fc.property(payment(3), fc.nat(), fc.nat({ max: 255 }), ({ input }, where, byte) => {
        const { unsigned } = built(input);
        const changed = Uint8Array.from(unsigned);
        changed[where % changed.length] = byte;
        const [left, right] = [unsigned, changed].map((bytes) => tried(bytes, input.account));
        const isSame = Buffer.compare(unsigned, changed) === 0;
        expect(JSON.stringify(left) === JSON.stringify(right)).toBe(isSame);
      }),
      { numRuns: changes },
    );
  });

  it('agrees with another reader about whatever it takes, changed or not', () => {
    const change = fc.record({ where: fc.nat(), flip: fc.nat({ max: 255 }) });
    fc.assert(
      fc.property(payment(3), change, ({ input }, { where, flip }) => {
        const { unsigned } = built(input);
        const at = where % unsigned.length;
        unsigned[at] = (unsigned[at] ?? 0) ^ flip;
        const read = tried(unsigned, input.account);
        if (read?.details.family !== 'bitcoin') return;
        const other = Transaction.fromPSBT(unsigned, { unknown: 'strict', proprietary: 'strict' });
        expect([other.version, other.lockTime]).toEqual([2, 0]);
        expect(other.fee).toBe(BigInt(read.fee));
        expect(other.inputsLength).toBe(read.details.inputs.length);
        for (const [place, { outpoint, sequence }] of read.details.inputs.entries()) {
          const { txid, index, ...spent } = other.getInput(place);
          expect(`${bytesToHex(txid ?? new Uint8Array())}:${index}`).toBe(outpoint);
          expect(spent.sequence).toBe(sequence);
        }
        expect(other.outputsLength).toBe(read.details.outputs.length);
        for (const [place, { address, amount }] of read.details.outputs.entries()) {
          const { script = new Uint8Array(), amount: paid } = other.getOutput(place);
          expect([addressOfScript(script, input.account.chain), String(paid)]).toEqual([
            address,
            amount,
          ]);
        }
      }),
      { numRuns: changes },
    );
  });

  it('refuses random bytes, cut ones, and ones with something behind them', () => {
    fc.assert(
      fc.property(
        payment(2),
        fc.uint8Array({ minLength: 1, maxLength: 400 }),
        fc.nat(),
        ({ input }, noise, cut) => {
          const { unsigned } = built(input);
          expect(tried(noise, input.account)).toBeNull();
          expect(tried(unsigned.slice(0, cut % unsigned.length), input.account)).toBeNull();
          expect(tried(Uint8Array.from([...unsigned, ...noise]), input.account)).toBeNull();
        },
      ),
      { numRuns: runs(40, 5_000) },
    );
  });

  it("refuses another account's payment", () => {
    fc.assert(
      fc.property(payment(3), payment(1), ({ input }, { input: other }) => {
        fc.pre(input.account.receive.publicKey !== other.account.receive.publicKey);
        const { unsigned } = built(input);
        expect(tried(unsigned, other.account)).toBeNull();
      }),
      { numRuns: runs(40, 5_000) },
    );
  });
});
