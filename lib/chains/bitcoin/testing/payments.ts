/** Accounts, coins and payments for tests: named ones, and random ones for properties. */
import { schnorr } from '@noble/curves/secp256k1.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { RawTx } from '@scure/btc-signer/script.js';
import fc from 'fast-check';
import { addressOfScript } from '../address.ts';
import type { AccountCoin, PaymentInput } from '../build.ts';
import { accountScripts, type BitcoinContext } from '../context.ts';
import { BITCOIN_MAINNET, BITCOIN_REGTEST } from '../networks.ts';
import { scriptOf, type AccountKind } from '../script.ts';
import { transactionIdOf } from '../transaction-reader.ts';
import { testKey, type TestKey } from './keys.ts';

export type TestAccount = { context: BitcoinContext; keys: { receive: TestKey; change: TestKey } };

/** The same account for the same name. */
export function testAccount(
  name: string,
  kind: AccountKind,
  chain: BitcoinContext['chain'] = BITCOIN_REGTEST,
): TestAccount {
  const keys = { receive: testKey(`${name}/receive`), change: testKey(`${name}/change`) };
  const branch = ({ publicKey }: TestKey, step: number) => ({
    publicKey: bytesToHex(publicKey),
    path: [5, 0, 20_418, step],
  });
  const [receive, change] = [branch(keys.receive, 0), branch(keys.change, 1)];
  return { context: { chain, kind, receive, change }, keys };
}

export type CoinPlan = {
  branch: 'receive' | 'change';
  amount: bigint;
  /** Makes the transaction that the coin comes from another one. */
  seed: number;
  /** Outputs that stand before the coin. */
  before: number;
  hasWitnesses: boolean;
};

/** A coin as a node would list it, with the transaction that made it. */
export function testCoin(account: BitcoinContext, plan: CoinPlan): AccountCoin {
  const { branch, amount, seed, before, hasWitnesses } = plan;
  const other = { amount: 1_000n, script: scriptOf('p2wsh', new Uint8Array(32).fill(7)) };
  const made = {
    version: 2,
    inputs: [
      {
        txid: new Uint8Array(32).fill(1),
        index: seed,
        finalScriptSig: new Uint8Array(),
        sequence: 0,
      },
    ],
    outputs: [
      ...Array.from({ length: before }, () => other),
      { amount, script: accountScripts(account)[branch] },
    ],
    lockTime: 0,
  };
  const bare = RawTx.encode({ ...made, segwitFlag: false });
  const full = RawTx.encode({ ...made, segwitFlag: true, witnesses: [[new Uint8Array(64)]] });
  const previous = hasWitnesses ? full : bare;
  const txid = transactionIdOf(bare);
  return {
    txid,
    vout: before,
    amount,
    branch,
    previous: account.kind === 'p2tr' ? null : previous,
  };
}

/** Whole coins of plain amounts, alternately of both branches. */
export const testCoins = (account: BitcoinContext, amounts: readonly bigint[]): AccountCoin[] =>
  amounts.map((amount, seed) =>
    testCoin(account, {
      branch: seed % 2 === 0 ? 'receive' : 'change',
      amount,
      seed,
      before: seed % 3,
      hasWitnesses: seed % 2 === 1,
    }),
  );

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

/** A script that a payment may go to. */
export const payableScript: fc.Arbitrary<Uint8Array> = fc.oneof(
  bytes(20).map((hash) => scriptOf('p2pkh', hash)),
  bytes(20).map((hash) => scriptOf('p2sh', hash)),
  bytes(20).map((hash) => scriptOf('p2wpkh', hash)),
  bytes(32).map((hash) => scriptOf('p2wsh', hash)),
  fc.nat(50).map((n) => scriptOf('p2tr', schnorr.getPublicKey(testKey(`to/${n}`).secret))),
);

const account: fc.Arbitrary<TestAccount> = fc
  .record({
    name: fc.constantFrom('one', 'two', 'three', 'four'),
    kind: fc.constantFrom('p2tr' as const, 'p2wpkh' as const),
    chain: fc.constantFrom(BITCOIN_MAINNET, BITCOIN_REGTEST),
  })
  .map(({ name, kind, chain }) => testAccount(name, kind, chain));

const coinPlan: fc.Arbitrary<CoinPlan> = fc.record({
  branch: fc.constantFrom('receive' as const, 'change' as const),
  amount: fc.oneof(
    fc.bigInt({ min: 300n, max: 50_000n }),
    fc.bigInt({ min: 50_000n, max: 10n ** 12n }),
  ),
  seed: fc.nat(0xffffffff),
  before: fc.nat(3),
  hasWitnesses: fc.boolean(),
});

/**
 * Payments out of any of these accounts.
 * @param coins how many an account may have at most.
 */
export const paymentFrom = <A>(
  accounts: fc.Arbitrary<A>,
  contextOf: (account: A) => BitcoinContext,
  coins: number,
): fc.Arbitrary<{ account: A; input: PaymentInput }> =>
  fc
    .record({
      account: accounts,
      plans: fc.uniqueArray(coinPlan, {
        minLength: 1,
        maxLength: coins,
        selector: ({ seed }) => seed,
      }),
      script: payableScript,
      percent: fc.bigInt({ min: 1n, max: 99n }),
      rate: fc.bigInt({ min: 100n, max: 200_000n }),
    })
    .map(({ account: owner, plans, script, percent, rate }) => {
      const context = contextOf(owner);
      const owned = plans.map((plan) => testCoin(context, plan));
      const total = owned.reduce((sum, { amount }) => sum + amount, 0n);
      return {
        account: owner,
        input: {
          account: context,
          coins: owned,
          to: addressOfScript(script, context.chain) ?? '',
          amount: (total * percent) / 100n,
          rate,
          highestFee: 10n ** 9n,
          replaces: null,
        },
      };
    });

export type Payment = { account: TestAccount; input: PaymentInput };

/** @param coins how many the account may have at most. */
export const payment = (coins: number): fc.Arbitrary<Payment> =>
  paymentFrom(account, ({ context }) => context, coins);

/** The bytes of an outpoint as they stand in a transaction. */
export const outpointBytes = ({ txid, vout }: { txid: string; vout: number }): Uint8Array =>
  Uint8Array.from([
    ...hexToBytes(txid).reverse(),
    ...[0, 8, 16, 24].map((shift) => (vout >>> shift) & 0xff),
  ]);
