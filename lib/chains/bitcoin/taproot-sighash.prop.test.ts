import { bytesToHex } from '@noble/hashes/utils.js';
import { SigHash, Transaction } from '@scure/btc-signer';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { taprootSighashes } from './taproot-sighash.ts';
import type { RawTransaction } from './transaction-reader.ts';

const u32 = fc.nat(0xffff_ffff);
const script = fc.uint8Array({ maxLength: 300 });
const output = fc.record({ amount: fc.bigInt(0n, 2_100_000_000_000_000n), script });
const input = fc.record({
  txid: fc.uint8Array({ minLength: 32, maxLength: 32 }).map(bytesToHex),
  vout: u32,
  script: fc.constant(new Uint8Array()),
  sequence: u32,
});
const transactions = fc
  .record({
    version: fc.constantFrom(1, 2),
    lockTime: u32,
    inputs: fc.uniqueArray(input, { minLength: 1, maxLength: 6, selector: ({ txid }) => txid }),
    outputs: fc.array(output, { minLength: 1, maxLength: 3 }),
  })
  .chain((transaction) => {
    const { length } = transaction.inputs;
    const spent = fc.array(output, { minLength: length, maxLength: length });
    return fc.record({ transaction: fc.constant<RawTransaction>(transaction), spent });
  });

test('the digests of all inputs are those that the library hashes one by one', () => {
  fc.assert(
    fc.property(transactions, ({ transaction, spent }) => {
      const { version, lockTime, inputs, outputs } = transaction;
      const built = new Transaction({
        version,
        lockTime,
        allowUnknownOutputs: true,
        disableScriptCheck: true,
      });
      for (const { txid, vout, sequence } of inputs)
        built.addInput({ txid, index: vout, sequence });
      for (const one of outputs) built.addOutput(one);
      const expected = inputs.map((_, at) =>
        built.preimageWitnessV1(
          at,
          spent.map((of) => of.script),
          SigHash.DEFAULT,
          spent.map((of) => of.amount),
        ),
      );
      expect(taprootSighashes(transaction, spent).map(bytesToHex)).toEqual(
        expected.map(bytesToHex),
      );
    }),
    { numRuns: 100 },
  );
});

test('an input of which nobody says what it spends is a broken invariant', () => {
  const [{ transaction, spent }] = fc.sample(transactions, { numRuns: 1, seed: 1 }) as [
    { transaction: RawTransaction; spent: { amount: bigint; script: Uint8Array }[] },
  ];
  expect(() => taprootSighashes(transaction, spent.slice(1))).toThrow('spends something');
});
