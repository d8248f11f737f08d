import { concatBytes } from '@noble/hashes/utils.js';
import { describe, expect, it, test } from 'vitest';
import { DecodeError, type Decoded } from '../decoded.ts';
import { addressOfScript } from './address.ts';
import { buildPayment } from './build.ts';
import { accountScripts, type BitcoinContext } from './context.ts';
import { decode } from './decode.ts';
import { scriptOf } from './script.ts';
import { testAccount, testCoins } from './testing/payments.ts';
import {
  planOf,
  record,
  writeOutput,
  writePsbt,
  writeTransaction,
  type PsbtPlan,
  type PsbtRecord,
} from './testing/psbt-writer.ts';
import { readTransaction, transactionIdOf } from './transaction-reader.ts';

const { context: account } = testAccount('ours', 'p2tr');
const { context: ecdsa } = testAccount('ours', 'p2wpkh');
const stranger = accountScripts(testAccount('stranger', 'p2tr').context);
const own = accountScripts(account);

function paid(context: BitcoinContext): Uint8Array {
  const result = buildPayment({
    account: context,
    coins: testCoins(context, [90_000n, 60_000n, 1_000n]),
    to: addressOfScript(stranger.receive, context.chain) ?? '',
    amount: 100_000n,
    rate: 2_000n,
    highestFee: 5_000n,
    replaces: null,
  });
  if (!result.ok) throw new Error(result.refusal);
  return result.unsigned;
}

const good = planOf(paid(account), 'p2tr');
const goodEcdsa = planOf(paid(ecdsa), 'p2wpkh');

const read = (plan: PsbtPlan, context: BitcoinContext): Decoded | string => {
  try {
    return decode(writePsbt(plan), context);
  } catch (error) {
    if (error instanceof DecodeError) return error.detail;
    throw error;
  }
};

const firstInput = (changes: object): PsbtPlan['inputs'] =>
  good.inputs.map((input, at) => (at === 0 ? { ...input, ...changes } : input));
const outputs = (...changes: object[]): PsbtPlan['outputs'] =>
  good.outputs.map((output, at) => ({ ...output, ...changes[at] }));
/** All records of the first input. */
const firstRecords = (...records: PsbtRecord[]): PsbtRecord[][] =>
  good.inputRecords.map((others, at) => (at === 0 ? records : others));
const [goodRecord] = good.inputRecords[0] ?? [];
if (!goodRecord) throw new Error('The sample has inputs.');
const spending = (amount: bigint, script = own.receive): PsbtRecord =>
  record(0x01, writeOutput({ amount, script }));
const three = (plan: PsbtPlan): PsbtPlan => ({
  ...plan,
  outputs: [...plan.outputs, { amount: 500n, script: own.change }],
  outputRecords: [...plan.outputRecords, []],
});

const hostile: [name: string, detail: string, changes: Partial<PsbtPlan>][] = [
  ['another magic', 'not-a-psbt', { magic: Uint8Array.of(0x70, 0x73, 0x62, 0x74, 0xfe) }],
  ['version 1', 'version', { version: 1 }],
  ['the version of a BIP322 message', 'version', { version: 0 }],
  ['a version below zero', 'version', { version: 0xffffffff }],
  ['a lock time', 'lock-time', { lockTime: 900_000 }],
  ['a final sequence', 'sequence', { inputs: firstInput({ sequence: 0xffffffff }) }],
  ['a relative lock', 'sequence', { inputs: firstInput({ sequence: 5 }) }],
  [
    'a script in an input',
    'input-already-signed',
    { inputs: firstInput({ script: Uint8Array.of(0x51) }) },
  ],
  [
    'an input twice',
    'same-input-twice',
    { inputs: good.inputs.flatMap((_, __, [first]) => (first ? [first] : [])) },
  ],
  ['no input', 'input-count', { inputs: [], inputRecords: [] }],
  [
    '65 inputs',
    'input-count',
    {
      inputs: Array.from({ length: 65 }, (_, vout) => ({
        txid: 'ab'.repeat(32),
        vout,
        script: new Uint8Array(),
        sequence: 0xfffffffd,
      })),
      inputRecords: Array.from({ length: 65 }, () => [spending(9_000n)]),
    },
  ],
  ['no output', 'output-count', { outputs: [], outputRecords: [] }],
  ['three outputs', 'output-count', three(good)],
  [
    "a stranger's coin",
    'input-not-of-account',
    { inputRecords: firstRecords(spending(90_000n, stranger.receive)) },
  ],
  ['a coin of nothing', 'amount-out-of-range', { inputRecords: firstRecords(spending(0n)) }],
  [
    'a coin of more than there is',
    'amount-out-of-range',
    { inputRecords: firstRecords(spending(2_100_000_000_000_001n)) },
  ],
  ['less spent than paid', 'fee-not-positive', { inputRecords: firstRecords(spending(1_000n)) }],
  ['no fee at all', 'fee-not-positive', { outputs: outputs({}, { amount: 50_000n }) }],
  [
    'change to a stranger',
    'change-elsewhere',
    { outputs: outputs({}, { script: stranger.change }) },
  ],
  [
    "change to the account's address for receiving",
    'change-elsewhere',
    { outputs: outputs({}, { script: own.receive }) },
  ],
  ['change before the payment', 'recipient-is-own-account', { outputs: good.outputs.toReversed() }],
  [
    'a payment to the address for receiving',
    'recipient-is-own-account',
    { outputs: outputs({ script: own.receive }) },
  ],
  ['dust for the recipient', 'output-below-dust', { outputs: outputs({ amount: 329n }) }],
  ['dust as change', 'output-below-dust', { outputs: outputs({}, { amount: 329n }) }],
  [
    'more paid than there is',
    'amount-out-of-range',
    { outputs: outputs({ amount: 2n ** 64n - 1n }) },
  ],
  [
    'data instead of a recipient',
    'script-unknown',
    { outputs: outputs({ script: Uint8Array.of(0x6a, 4, 1, 2, 3, 4) }) },
  ],
  [
    'a bare key as recipient',
    'script-unknown',
    { outputs: outputs({ script: Uint8Array.of(33, 2, ...new Uint8Array(32).fill(3), 0xac) }) },
  ],
  [
    'a witness version that nobody knows',
    'script-unknown',
    { outputs: outputs({ script: Uint8Array.of(0x52, 32, ...new Uint8Array(32)) }) },
  ],
  [
    'a taproot recipient without a key',
    'recipient-unpayable',
    { outputs: outputs({ script: scriptOf('p2tr', new Uint8Array(32).fill(0xff)) }) },
  ],
  ['a PSBT version', 'field-unknown', { globals: [record(0xfb, new Uint8Array(4))] }],
  ['an extended key', 'field-unknown', { globals: [record(0x01, new Uint8Array(4))] }],
  ['an input that says nothing', 'field-missing', { inputRecords: firstRecords() }],
  [
    'the same record twice',
    'field-unknown',
    { inputRecords: firstRecords(goodRecord, goodRecord) },
  ],
  [
    'the previous transaction where it is not asked',
    'field-unknown',
    { inputRecords: firstRecords(record(0x00, writeTransaction(good))) },
  ],
  [
    'a partial signature',
    'field-unknown',
    { inputRecords: firstRecords(goodRecord, record(0x02, new Uint8Array(72))) },
  ],
  [
    'another sighash type',
    'field-unknown',
    { inputRecords: firstRecords(goodRecord, record(0x03, Uint8Array.of(0x83, 0, 0, 0))) },
  ],
  [
    'a derivation',
    'field-unknown',
    { inputRecords: firstRecords(goodRecord, record(0x16, new Uint8Array(9))) },
  ],
  [
    'a signature by taproot key',
    'field-unknown',
    { inputRecords: firstRecords(goodRecord, record(0x13, new Uint8Array(64))) },
  ],
  [
    'a root of taproot scripts',
    'field-unknown',
    { inputRecords: firstRecords(goodRecord, record(0x18, new Uint8Array(32))) },
  ],
  [
    'a longer key of a record',
    'field-unknown',
    {
      inputRecords: firstRecords({ key: Uint8Array.of(0x01, 0x00), value: goodRecord.value }),
    },
  ],
  [
    'something behind what an input spends',
    'trailing-bytes',
    {
      inputRecords: firstRecords(record(0x01, concatBytes(goodRecord.value, Uint8Array.of(0)))),
    },
  ],
  [
    'a field of an output',
    'field-unknown',
    { outputRecords: [[record(0x05, new Uint8Array(32))], []] },
  ],
  ['fewer maps of outputs than outputs', 'ends-too-early', { outputRecords: [[]] }],
  ['more maps of outputs than outputs', 'trailing-bytes', { outputRecords: [[], [], []] }],
];

describe('a payment under taproot', () => {
  it('is read as it was built', () => {
    expect(read(good, account)).toMatchObject({ amount: '100000', parts: [{}, {}] });
  });

  test.each(hostile)('with %s is refused: %s', (_, detail, changes) => {
    expect(read({ ...good, ...changes }, account)).toBe(detail);
  });

  it('is read the same again, also from a Buffer, whose slices are no copies', () => {
    for (const [plan, context] of [
      [good, account],
      [goodEcdsa, ecdsa],
    ] as const) {
      const bytes = Buffer.from(writePsbt(plan));
      const once = decode(bytes, context);
      expect(decode(bytes, context)).toEqual(once);
      expect(bytes).toEqual(Buffer.from(writePsbt(plan)));
      expect(read(plan, context)).toEqual(once);
    }
  });

  it('may spend 64 coins, have no change, and pay and return the least that is worth having', () => {
    const inputs = Array.from({ length: 64 }, (_, vout) => ({
      txid: 'ab'.repeat(32),
      vout,
      script: new Uint8Array(),
      sequence: 0xfffffffd,
    }));
    const inputRecords = inputs.map(() => [spending(9_000n)]);
    const many = read({ ...good, inputs, inputRecords }, account);
    expect(many).toMatchObject({ amount: '100000', uses: { length: 63 } });
    const alone = { outputs: outputs().slice(0, 1), outputRecords: [[]] };
    expect(read({ ...good, ...alone }, account)).toMatchObject({ fee: '50000' });
    const least = outputs({ amount: 330n }, { amount: 330n });
    expect(read({ ...good, outputs: least }, account)).toMatchObject({ amount: '330' });
  });

  it('may hold all the money there is, and no more', () => {
    const all = 2_100_000_000_000_000n;
    const inputRecords = good.inputRecords.map(() => [spending(all)]);
    const paying = (amount: bigint, change: bigint) =>
      read({ ...good, inputRecords, outputs: outputs({ amount }, { amount: change }) }, account);
    expect(paying(all, 330n)).toMatchObject({ amount: String(all) });
    expect(paying(all + 1n, 330n)).toBe('amount-out-of-range');
    expect(paying(1_000n, all + 1n)).toBe('amount-out-of-range');
  });

  it('is refused on a chain that is none of Bitcoin, and when it is too large', () => {
    const elsewhere = { ...account, chain: 'bip122:000000000933ea01ad0ee984209779ba' } as never;
    expect(read(good, elsewhere)).toBe('not-a-bitcoin-chain');
    const large = firstRecords(record(0x01, new Uint8Array(600_000)));
    expect(read({ ...good, inputRecords: large }, account)).toBe('too-large');
  });

  it('is refused where a count has a longer spelling', () => {
    const bytes = writePsbt(good);
    // After the magic: the length of the key, the key, then the length of the transaction.
    const longer = concatBytes(
      bytes.slice(0, 7),
      Uint8Array.of(0xfd, bytes[7] ?? 0, 0),
      bytes.slice(8),
    );
    expect(() => decode(longer, account)).toThrow('count-not-canonical');
  });

  it('has digests that commit to the amounts that the bytes claim, so that a lie makes them worthless', () => {
    const honest = read(good, account);
    const lie = read({ ...good, inputRecords: firstRecords(spending(90_001n)) }, account);
    if (typeof honest === 'string' || typeof lie === 'string') throw new Error('refused');
    expect(lie.fee).not.toBe(honest.fee);
    for (const [at, { bytes }] of lie.parts.entries())
      expect(bytes).not.toBe(honest.parts[at]?.bytes);
  });
});

const [previousRecord] = goodEcdsa.inputRecords[0] ?? [];
const previous = readTransaction(previousRecord?.value ?? new Uint8Array());
const withPrevious = (value: Uint8Array, type = 0x00): PsbtRecord[][] =>
  goodEcdsa.inputRecords.map((others, at) => (at === 0 ? [record(type, value)] : others));
const spends = (txid: string, vout = goodEcdsa.inputs[0]?.vout): PsbtPlan['inputs'] =>
  goodEcdsa.inputs.map((input, at) => (at === 0 ? { ...input, txid, vout: vout ?? 0 } : input));

describe('a payment under ECDSA', () => {
  it('is read as it was built', () => {
    expect(read(goodEcdsa, ecdsa)).toMatchObject({ amount: '100000', parts: [{}, {}] });
  });

  it('is refused where a previous transaction lies about the amount', () => {
    const lying = {
      ...previous,
      outputs: previous.outputs.map((output) => ({ ...output, amount: output.amount - 1n })),
    };
    const inputRecords = withPrevious(writeTransaction(lying));
    expect(read({ ...goodEcdsa, inputRecords }, ecdsa)).toBe('previous-transaction-differs');
  });

  it('is refused where it says only amount and script of what it spends', () => {
    const output = previous.outputs[goodEcdsa.inputs[0]?.vout ?? 0];
    if (!output) throw new Error('The sample spends an output.');
    const inputRecords = withPrevious(writeOutput(output), 0x01);
    expect(read({ ...goodEcdsa, inputRecords }, ecdsa)).toBe('field-unknown');
  });

  it('is refused where it spends an output that the previous transaction does not have', () => {
    const inputs = spends(goodEcdsa.inputs[0]?.txid ?? '', 9);
    expect(read({ ...goodEcdsa, inputs }, ecdsa)).toBe('previous-output-missing');
  });

  it('is refused where it spends another output of a transaction that pays the account too', () => {
    const mixed = writeTransaction({
      ...previous,
      outputs: [...previous.outputs, { amount: 90_000n, script: stranger.receive }],
    });
    const plan = {
      ...goodEcdsa,
      inputs: spends(transactionIdOf(mixed), previous.outputs.length),
      inputRecords: withPrevious(mixed),
    };
    expect(read(plan, ecdsa)).toBe('input-not-of-account');
  });

  it('is refused where a previous transaction comes with witnesses, is none, or is too large', () => {
    const bare = writeTransaction(previous);
    const withWitness = concatBytes(bare.slice(0, 4), Uint8Array.of(0, 1), bare.slice(4));
    const at = (value: Uint8Array) =>
      read(
        { ...goodEcdsa, inputs: spends(transactionIdOf(value)), inputRecords: withPrevious(value) },
        ecdsa,
      );
    expect(at(bare)).toMatchObject({ amount: '100000' });
    expect(read({ ...goodEcdsa, inputRecords: withPrevious(withWitness) }, ecdsa)).toBe(
      'previous-transaction-differs',
    );
    // Also where somebody found an outpoint that the longer bytes would be the preimage of.
    expect(at(withWitness)).toBe('trailing-bytes');
    expect(at(Uint8Array.of(1))).toBe('ends-too-early');
    expect(at(new Uint8Array(100_000))).toBe('trailing-bytes');
    expect(at(new Uint8Array(100_001))).toBe('previous-transaction-too-large');
  });

  it('is not read as one of the other kind', () => {
    expect(read(goodEcdsa, account)).toBe('field-unknown');
    expect(read(good, ecdsa)).toBe('field-unknown');
  });
});
