import { concatBytes } from '@noble/hashes/utils.js';
import bitcore from 'bitcore-lib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findScriptFault } from '#lib/sandbox/bitcoin/script-check.ts';
import type { Tx } from '#lib/sandbox/bitcoin/wire.ts';
import { DecodeError } from '../decoded.ts';
import { accountScript, addressOfScript } from './address.ts';
import { assemble, transactionId, type SignedPayment } from './assemble.ts';
import { buildPayment } from './build.ts';
import { accountScripts } from './context.ts';
import { decode } from './decode.ts';
import { BitcoinSignatureError } from './signature.ts';
import { payment, testAccount, testCoins, type Payment } from './testing/payments.ts';
import { signParts, withHighS } from './testing/sign.ts';

const isLong = process.env['COUNTERSIGN_LONG_TESTS'] !== undefined;
const runs = isLong ? 2_000 : 25;
const timeout = isLong ? 20 * 60_000 : 60_000;

type Signed = { signed: SignedPayment; spent: { value: bigint; script: string }[] };

function signedOf({ account, input }: Payment): Signed | null {
  const result = buildPayment(input);
  if (!result.ok) return null;
  const read = decode(result.unsigned, input.account);
  if (read.details.family !== 'bitcoin') throw new Error('another family');
  const scripts = accountScripts(input.account);
  return {
    signed: assemble(result.unsigned, input.account, signParts(read, account)),
    spent: read.details.inputs.map(({ amount, address }) => ({
      value: BigInt(amount),
      script: Buffer.from(address === read.from ? scripts.receive : scripts.change).toString('hex'),
    })),
  };
}

const judged = ({ signed, spent }: Signed, hex = Buffer.from(signed.raw).toString('hex')) =>
  findScriptFault({ hex, txid: signed.txid } as Tx, spent);

describe('an assembled payment', { timeout }, () => {
  it("satisfies bitcore-lib's interpreter in every input, and not with another amount or signature", () => {
    let checked = 0;
    fc.assert(
      fc.property(payment(4), fc.nat(), (drawn, where) => {
        const made = signedOf(drawn);
        fc.pre(made !== null);
        if (!made) return;
        expect(judged(made)).toBeNull();
        const spent = made.spent.map((output) => ({ ...output, value: output.value + 1n }));
        expect(judged({ ...made, spent })).not.toBeNull();
        // A byte of the last witness: in the signature, or in the key.
        const raw = Uint8Array.from(made.signed.raw);
        const at = raw.length - 5 - (where % 60);
        raw[at] = (raw[at] ?? 0) ^ 0x01;
        expect(judged(made, Buffer.from(raw).toString('hex'))).not.toBeNull();
        checked += 1;
      }),
      { numRuns: runs },
    );
    expect(checked).toBeGreaterThan(runs / 2);
  });

  it('has the id that was known before, and a size no larger than was reckoned with', () => {
    fc.assert(
      fc.property(payment(20), (drawn) => {
        const result = buildPayment(drawn.input);
        fc.pre(result.ok);
        if (!result.ok) return;
        const { unsigned } = result;
        const read = decode(unsigned, drawn.input.account);
        const signed = assemble(unsigned, drawn.input.account, signParts(read, drawn.account));
        expect(signed.txid).toBe(transactionId(unsigned, drawn.input.account));
        const other = new bitcore.Transaction(Buffer.from(signed.raw));
        expect(other.id).toBe(signed.txid);
        expect(signed.wtxid).not.toBe(signed.txid);
        if (read.details.family !== 'bitcoin') throw new Error('another family');
        const reckoned = read.details.virtualBytes;
        const inputs = read.parts.length;
        if (drawn.input.account.kind === 'p2tr') expect(signed.virtualBytes).toBe(reckoned);
        expect(signed.virtualBytes).toBeLessThanOrEqual(reckoned);
        expect(signed.virtualBytes).toBeGreaterThanOrEqual(reckoned - inputs);
      }),
      { numRuns: runs },
    );
  });
});

describe.each(['p2tr', 'p2wpkh'] as const)('signatures under %s', (kind) => {
  const account = testAccount('ours', kind);
  const { context } = account;
  const to = addressOfScript(
    accountScript(testAccount('other', kind).keys.receive.publicKey, kind),
    context.chain,
  );
  const result = buildPayment({
    account: context,
    coins: testCoins(context, [60_000n, 70_000n]),
    to: to ?? '',
    amount: 100_000n,
    rate: 1_000n,
    highestFee: 20_000n,
    replaces: null,
  });
  if (!result.ok) throw new Error(result.refusal);
  const { unsigned } = result;
  const good = signParts(decode(unsigned, context), account);
  const [one, two] = good;
  if (!one || !two) throw new Error('The sample has two inputs.');
  const faultOf = (signatures: Uint8Array[]): string => {
    try {
      assemble(unsigned, context, signatures);
      return 'none';
    } catch (error) {
      return error instanceof BitcoinSignatureError ? error.fault : String(error);
    }
  };

  it('are taken when each is the one of its input', () => {
    expect(faultOf(good)).toBe('none');
  });

  it('are refused when one is missing, superfluous, of another input, or no signature', () => {
    expect(faultOf([one])).toBe('count');
    expect(faultOf([...good, one])).toBe('count');
    expect(faultOf([two, one])).toBe('wrong');
    expect(faultOf([one, two.slice(1)])).toBe('length');
    expect(faultOf([one, new Uint8Array(64)])).toBe('wrong');
    expect(faultOf([one, new Uint8Array(64).fill(0xff)])).toBe('wrong');
  });

  it('are refused when somebody else made them', () => {
    const other = signParts(decode(unsigned, context), testAccount('other', kind));
    expect(faultOf(other)).toBe('wrong');
  });

  it('are refused on what is no payment of the account', () => {
    const elsewhere = testAccount('other', kind).context;
    expect(() => assemble(unsigned, elsewhere, good)).toThrow(DecodeError);
    expect(() => transactionId(unsigned, elsewhere)).toThrow(DecodeError);
  });

  it('may bring a recovery id under ECDSA alone, and never the high one of two values for s', () => {
    const isEcdsa = kind === 'p2wpkh';
    const withRecovery = concatBytes(two, Uint8Array.of(1));
    expect(faultOf([one, withRecovery])).toBe(isEcdsa ? 'none' : 'length');
    expect(faultOf([one, withHighS(two)])).toBe(isEcdsa ? 'high-s' : 'wrong');
  });
});
