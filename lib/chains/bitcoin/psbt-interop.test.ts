/** Our PSBTs in another library's hands, and that library's in ours. */
import { bytesToHex } from '@noble/hashes/utils.js';
import { Transaction } from '@scure/btc-signer';
import { describe, expect, it } from 'vitest';
import { DecodeError } from '../decoded.ts';
import { accountScript, addressOfScript } from './address.ts';
import { transactionId } from './assemble.ts';
import { buildPayment } from './build.ts';
import { accountScripts } from './context.ts';
import { decode } from './decode.ts';
import { coinsSpentBy } from './spent-coins.ts';
import { testAccount, testCoins } from './testing/payments.ts';

describe.each(['p2tr', 'p2wpkh'] as const)('a payment under %s', (kind) => {
  const account = testAccount('interop', kind);
  const { context, keys } = account;
  const scripts = accountScripts(context);
  const recipient = accountScript(testAccount('other', kind).keys.receive.publicKey, kind);
  const built = buildPayment({
    account: context,
    coins: testCoins(context, [60_000n, 70_000n]),
    to: addressOfScript(recipient, context.chain) ?? '',
    amount: 100_000n,
    rate: 1_000n,
    highestFee: 20_000n,
    replaces: null,
  });
  if (!built.ok) throw new Error(built.refusal);
  const { unsigned } = built;
  const coins = coinsSpentBy(unsigned, context);
  const read = decode(unsigned, context);
  if (read.details.family !== 'bitcoin') throw new Error('another family');
  const { details } = read;

  /** What the other library has to know of a coin, in the one form that is taken. */
  const coinFields = (at: number) => {
    const coin = coins[at];
    if (!coin) throw new Error('There are two coins.');
    return kind === 'p2tr'
      ? { witnessUtxo: { script: scripts[coin.branch], amount: coin.amount } }
      : { nonWitnessUtxo: coin.previous ?? new Uint8Array() };
  };
  /** The same payment made by the other library; anything can be added. */
  function made(more: { input?: object; stranger?: boolean } = {}): Transaction {
    const transaction = new Transaction({ version: 2, lockTime: 0 });
    for (const [at, { txid, vout }] of coins.entries())
      transaction.addInput({
        txid,
        index: vout,
        sequence: 0xfffffffd,
        ...coinFields(at),
        ...more.input,
      });
    if (more.stranger === true) {
      const theirs = testAccount('stranger', kind).context;
      const [coin] = testCoins(theirs, [50_000n]);
      if (!coin) throw new Error('There is a coin.');
      transaction.addInput({
        txid: coin.txid,
        index: coin.vout,
        sequence: 0xfffffffd,
        ...(kind === 'p2tr'
          ? { witnessUtxo: { script: accountScripts(theirs).receive, amount: coin.amount } }
          : { nonWitnessUtxo: coin.previous ?? new Uint8Array() }),
      });
    }
    for (const [at, { amount }] of details.outputs.entries())
      transaction.addOutput({
        script: at === 0 ? recipient : scripts.change,
        amount: BigInt(amount),
      });
    return transaction;
  }
  const faultOf = (psbt: Uint8Array): string => {
    try {
      decode(psbt, context);
      return 'read';
    } catch (error) {
      if (error instanceof DecodeError) return error.detail;
      throw error;
    }
  };

  it('opens in another library with the coins, amounts and addresses that people are shown', () => {
    const opened = Transaction.fromPSBT(unsigned);
    const inputs = Array.from({ length: opened.inputsLength }, (_, at) => opened.getInput(at));
    expect(
      inputs.map(({ txid, index, sequence, witnessUtxo, nonWitnessUtxo }) => ({
        outpoint: `${bytesToHex(txid ?? new Uint8Array())}:${index}`,
        amount: String((witnessUtxo ?? nonWitnessUtxo?.outputs[index ?? 0])?.amount),
        sequence,
      })),
    ).toEqual(
      details.inputs.map(({ outpoint, amount, sequence }) => ({ outpoint, amount, sequence })),
    );
    const outputs = Array.from({ length: opened.outputsLength }, (_, at) => opened.getOutput(at));
    expect(
      outputs.map(({ script, amount }) => ({
        address: addressOfScript(script ?? new Uint8Array(), context.chain),
        amount: String(amount),
      })),
    ).toEqual(details.outputs.map(({ address, amount }) => ({ address, amount })));
  });

  it('signed by that library is the transaction whose id was known before', () => {
    const opened = Transaction.fromPSBT(unsigned);
    for (const [at, { branch }] of coins.entries()) {
      const { secret, publicKey } = keys[branch];
      if (kind === 'p2tr') opened.updateInput(at, { tapInternalKey: publicKey.slice(1) });
      opened.signIdx(secret, at);
    }
    opened.finalize();
    expect(opened.id).toBe(transactionId(unsigned, context));
  });

  it('made by that library in the same form is read alike', () => {
    expect(decode(made().toPSBT(0), context)).toEqual(read);
    expect(bytesToHex(made().toPSBT(0))).toBe(bytesToHex(unsigned));
  });

  it.each<[string, string, () => Uint8Array]>([
    [
      'with another sighash type',
      'field-unknown',
      () => made({ input: { sighashType: 0x82 } }).toPSBT(0),
    ],
    [
      'with a field for derivations',
      'field-unknown',
      () =>
        made({
          input: {
            bip32Derivation: [[keys.receive.publicKey, { fingerprint: 1, path: [1] }]],
          },
        }).toPSBT(0),
    ],
    ['with a stranger’s coin', 'input-not-of-account', () => made({ stranger: true }).toPSBT(0)],
    ['of version 2', 'field-unknown', () => made().toPSBT(2)],
    [
      'signed in part',
      'field-unknown',
      () => {
        const signed = made();
        const at = coins.findIndex(({ branch }) => branch === 'receive');
        const { secret, publicKey } = keys.receive;
        if (kind === 'p2tr') signed.updateInput(at, { tapInternalKey: publicKey.slice(1) });
        signed.signIdx(secret, at);
        return signed.toPSBT(0);
      },
    ],
  ])('made by that library %s is refused by name', (_name, detail, psbt) => {
    expect(faultOf(psbt())).toBe(detail);
  });

  it.runIf(kind === 'p2wpkh')(
    'whose coins’ amounts nothing proves is refused by name, whatever is said of them',
    () => {
      const transaction = new Transaction({ version: 2, lockTime: 0 });
      for (const { txid, vout, branch, amount } of coins)
        transaction.addInput({
          txid,
          index: vout,
          sequence: 0xfffffffd,
          witnessUtxo: { script: scripts[branch], amount },
        });
      transaction.addOutput({ script: recipient, amount: 100_000n });
      expect(faultOf(transaction.toPSBT(0))).toBe('field-unknown');
    },
  );
});
