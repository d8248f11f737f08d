import { secp256k1 } from '@noble/curves/secp256k1.js';
import { bytesToNumberBE, numberToBytesBE } from '@noble/curves/utils.js';
import { hexToBytes } from '@noble/hashes/utils.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addressOfScript } from '#lib/sandbox/bitcoin/addresses.ts';
import { openLocalChain, pay, type LocalChain } from '#lib/sandbox/bitcoin/testing/local-chain.ts';
import { readTxHex, type Tx } from '#lib/sandbox/bitcoin/wire.ts';
import type { Decoded } from '../decoded.ts';
import { deriveKey } from '../derive-key.ts';
import { addressOf } from './address.ts';
import { assemble } from './assemble.ts';
import { buildPayment, type AccountCoin, type PaymentInput } from './build.ts';
import { outpointOf } from './conflict-key.ts';
import { accountContext, type BitcoinContext } from './context.ts';
import { decode } from './decode.ts';
import { BITCOIN_REGTEST } from './networks.ts';
import type { AccountKind } from './script.ts';
import { coinsSpentBy, joinCoins } from './spent-coins.ts';
import { testKey } from './testing/keys.ts';
import { signDigest } from './testing/sign.ts';

/** The stand-in shares no code with what builds and signs: it judges by Bitcoin Core's rules and bitcore-lib. */
let local: LocalChain;
beforeEach(() => {
  local = openLocalChain();
});
afterEach(() => local.remove());

const vault = testKey('vault');
const order = secp256k1.Point.Fn.ORDER;

/** The private key at a path below the vault's. */
function secretAt(path: readonly number[]): Uint8Array {
  const { scalar } = deriveKey(vault.publicKey, path);
  return numberToBytesBE((bytesToNumberBE(vault.secret) + scalar) % order, 32);
}

const accountOf = (kind: AccountKind, owner: string | null): BitcoinContext =>
  accountContext({ chain: BITCOIN_REGTEST, kind, vaultKey: vault.publicKey, owner });

const addressOn = (context: BitcoinContext, branch: 'receive' | 'change'): string =>
  addressOf({ ...context, publicKey: hexToBytes(context[branch].publicKey) });

/** What of a transaction is an account's, as a node would list it. */
const coinsIn = (tx: Tx, context: BitcoinContext): AccountCoin[] =>
  (['receive', 'change'] as const).flatMap((branch) =>
    tx.outputs.flatMap(({ value, script }, vout) =>
      addressOfScript(script) === addressOn(context, branch)
        ? [{ txid: tx.txid, vout, amount: value, branch, previous: hexToBytes(tx.hex) }]
        : [],
    ),
  );

/** Pays the account in a block. */
function fund(
  context: BitcoinContext,
  branch: 'receive' | 'change',
  amount: bigint,
): AccountCoin[] {
  const tx = pay(local.chain, addressOn(context, branch), amount);
  local.chain.mine(1);
  return coinsIn(tx, context);
}

type Sent = { unsigned: Uint8Array; read: Decoded; tx: Tx; answer: string };

function send(input: PaymentInput): Sent {
  const result = buildPayment(input);
  if (!result.ok) throw new Error(result.refusal);
  const read = decode(result.unsigned, input.account);
  const signatures = read.parts.map(({ bytes, path, tweak }) =>
    signDigest(hexToBytes(bytes), tweak, secretAt(path)),
  );
  const signed = assemble(result.unsigned, input.account, signatures);
  const tx = readTxHex(Buffer.from(signed.raw).toString('hex'));
  expect([tx.txid, tx.wtxid]).toEqual([signed.txid, signed.wtxid]);
  expect(tx.vsize).toBe(signed.virtualBytes);
  return { unsigned: result.unsigned, read, tx, answer: local.send(tx.hex) };
}

const isWaiting = ({ tx }: Sent): boolean => local.chain.mempool.find(tx.txid) !== null;

describe.each<AccountKind>(['p2tr', 'p2wpkh'])('accounts below a vault under %s', (kind) => {
  const client = accountOf(kind, 'C-20418');
  const house = accountOf(kind, null);
  const paymentOf = (coins: AccountCoin[], amount: bigint): PaymentInput => ({
    account: client,
    coins,
    to: addressOn(house, 'receive'),
    amount,
    rate: 2_000n,
    highestFee: 100_000n,
    replaces: null,
  });

  it('are paid, pay on, get their change back and spend that', () => {
    const coins = [...fund(client, 'receive', 600_000n), ...fund(client, 'change', 500_000n)];
    const first = send(paymentOf(coins, 900_000n));
    expect(first.answer).toBe('taken');
    expect(first.read.parts).toHaveLength(2);
    local.chain.mine(1);
    const change = coinsIn(first.tx, client);
    expect(change).toHaveLength(1);
    const second = send({ ...paymentOf(change, 100_000n), to: addressOn(house, 'change') });
    expect(second.answer).toBe('taken');
    local.chain.mine(1);
    const house1 = coinsIn(first.tx, house);
    const third = send({ ...paymentOf(house1, 50_000n), account: house, to: first.read.from });
    expect(third.answer).toBe('taken');
  });

  it('spend the least that a recipient may get, and leave the least change that is one', () => {
    const [coin] = fund(client, 'receive', 100_000n);
    if (!coin) throw new Error('The account was paid.');
    const least = kind === 'p2tr' ? 330n : 294n;
    const { tx, answer } = send({ ...paymentOf([coin], least), rate: 1_000n });
    expect(answer).toBe('taken');
    local.chain.mine(1);
    const [change] = coinsIn(tx, client);
    if (!change) throw new Error('There is change.');
    // One output for each kind and rate of one satoshi: 154 and 141 virtual bytes with the change.
    const fee = kind === 'p2tr' ? 154n : 141n;
    const all = send({ ...paymentOf([change], change.amount - fee - least), rate: 1_000n });
    expect(all.answer).toBe('taken');
    expect(all.tx.outputs.map(({ value }) => value)).toContain(least);
  });

  it('replace a payment as often as the fee grows, and never have two of an operation on the chain', () => {
    const coins = fund(client, 'receive', 300_000n);
    let last = send(paymentOf(coins, 100_000n));
    expect(last.answer).toBe('taken');
    for (const rate of [1n, 2_000n, 2_001n, 9_000n, 9_001n]) {
      const next = send({ ...paymentOf(coins, 100_000n), rate, replaces: last.read });
      expect(next.answer).toBe('taken');
      expect([isWaiting(last), isWaiting(next)]).toEqual([false, true]);
      expect(next.read.conflictKey).toBe(last.read.conflictKey);
      expect(local.send(last.tx.hex)).not.toBe('taken');
      last = next;
    }
    local.chain.mine(1);
    expect(local.chain.branch.find(last.tx.txid)).not.toBeNull();
  });

  it('replace one that spends several coins, which no node lists any more', () => {
    const coins = [60_000n, 50_000n, 40_000n].flatMap((value) => fund(client, 'receive', value));
    const other = fund(client, 'change', 170_000n);
    const first = send(paymentOf(coins, 120_000n));
    const known = coinsSpentBy(first.unsigned, client);
    expect(known.map(outpointOf)).toEqual(
      first.tx.inputs.map(({ txid, vout }) => outpointOf({ txid, vout })),
    );
    const same = send({ ...paymentOf(known, 120_000n), replaces: first.read });
    expect([first.answer, same.answer]).toEqual(['taken', 'taken']);
    expect(isWaiting(first)).toBe(false);
    expect(same.read.uses).toHaveLength(2);
    // A larger coin makes the others needless, but not the first.
    const offered = joinCoins(other, coinsSpentBy(same.unsigned, client));
    const last = send({ ...paymentOf(joinCoins(offered, other), 120_000n), replaces: same.read });
    expect(last.answer).toBe('taken');
    expect(last.read.conflictKey).toBe(first.read.conflictKey);
    expect(last.read.uses).toHaveLength(1);
  });
});
