import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BitcoinSandboxControl } from '#lib/sandbox/bitcoin/control.ts';
import {
  signPayment,
  testKey,
  type TestCoin,
  type TestKey,
} from '#lib/sandbox/bitcoin/testing/signed.ts';
import { BITCOIN_MAINNET } from '../networks.ts';
import { wholeHistory } from './compared.ts';
import { judgeDeposits, type DepositState } from './deposits.ts';
import { lookForDeposits } from './look-for-deposits.ts';
import { sendAndSettle } from './send.ts';
import type { BitcoinSource } from './source.ts';
import { BTC, fund as fundKey, pay as payFrom } from './testing/payments.ts';
import { makeSource, nowhere, sourceKinds, startStandIn, type StandIn } from './testing/setting.ts';

let sandbox: StandIn;
let control: BitcoinSandboxControl;
let key: TestKey;

beforeAll(async () => {
  sandbox = await startStandIn();
  ({ control } = sandbox);
});
afterAll(() => sandbox.stop());
beforeEach(() => {
  key = testKey();
});

const fund = (source: BitcoinSource, kind: TestCoin['kind']): Promise<TestCoin> =>
  fundKey(key, kind, { control, source });
const pay = (coin: TestCoin, options: { fee?: bigint; sequence?: number } = {}): Uint8Array =>
  payFrom(key, coin, options);

describe.each(sourceKinds)('%s as the source', (kind) => {
  let source: BitcoinSource;
  beforeAll(() => {
    source = makeSource(kind, sandbox.url);
  });

  it('tells tip and block hashes, and nothing above the tip', async () => {
    const [hash] = await control.mine(1);
    const tip = await source.tip();
    expect(tip.hash).toBe(hash);
    expect(await source.blockHash(tip.height)).toBe(hash);
    expect(await source.blockHash(0)).toBe(sandbox.genesisHash);
    expect(await source.blockHash(tip.height + 1)).toBeNull();
  });

  it.each(['segwit', 'taproot'] as const)('finds, spends and follows a %s output', async (of) => {
    const coin = await fund(source, of);
    expect(coin.value).toBe(BTC);
    const sent = await source.send(pay(coin));
    expect(sent).toMatchObject({ outcome: 'accepted', isKnown: false });
    expect(await source.transaction(sent.txid)).toMatchObject({ block: null });
    // What the mempool spends already can't be spent any more.
    expect(await source.utxos(key[of].address)).not.toContainEqual(
      expect.objectContaining({ txid: coin.txid }),
    );
    const [hash] = await control.mine(1);
    expect(await source.transaction(sent.txid)).toMatchObject({
      transaction: { txid: sent.txid, inputs: [{ txid: coin.txid }] },
      block: { hash },
    });
    expect(await source.utxos(key.segwit.address)).toContainEqual(
      expect.objectContaining({ txid: sent.txid, amount: BTC - 1_000n, isCoinbase: false }),
    );
    expect(await source.transaction('ab'.repeat(32))).toBeNull();
  });

  it('tells what spends an output once a block has it, and nothing of one that nobody made', async () => {
    const coin = await fund(source, 'taproot');
    expect(await source.spending(coin)).toEqual({ state: 'unspent' });
    const { txid } = await source.send(pay(coin));
    expect(await source.spending(coin)).toEqual({ state: 'unspent' });
    // Of one that waits itself nothing in a block can be spent.
    expect(await source.spending({ txid, vout: 0 })).toEqual({ state: 'unspent' });
    const [hash = ''] = await control.mine(1);
    const { height } = await source.tip();
    const spent = { state: 'spent', by: { txid, block: { height, hash } } };
    expect(await source.spending(coin)).toEqual(spent);
    await control.mine(2);
    expect(await source.spending(coin)).toEqual(spent);
    await control.reorganize(3);
    expect(await source.spending(coin)).toEqual({ state: 'unspent' });
    await control.mine(1);
    expect(await source.spending(coin)).toMatchObject({
      by: { txid, block: await source.tip() },
    });
    for (const unknown of [
      { txid: 'ab'.repeat(32), vout: 0 },
      { ...coin, vout: 99 },
    ])
      expect(await source.spending(unknown)).toEqual({ state: 'unknown' });
  });

  it('dust that anybody sends to an address does not keep its owner from spending', async () => {
    const coin = await fund(source, 'taproot');
    const dust = Array.from({ length: 700 }, (_, at) => ({
      address: key.segwit.address,
      value: 300n + BigInt(at),
    }));
    const hex = signPayment(key, {
      coins: [coin],
      to: [
        ...dust,
        { address: key.segwit.address, value: BTC / 2n },
        { address: key.taproot.address, value: BTC / 2n - 900_000n },
      ],
    });
    expect(await source.send(Uint8Array.from(Buffer.from(hex, 'hex')))).toMatchObject({
      outcome: 'accepted',
    });
    await control.mine(1);
    const coins = await source.utxos(key.segwit.address);
    expect(coins).toHaveLength(500);
    expect(coins[0]?.amount).toBe(BTC / 2n);
    expect(coins.at(-1)?.amount).toBe(300n + 201n);
  });

  it('says a fee rate in satoshis for 1000 virtual bytes', async () => {
    expect(await source.feeRate(2)).toBe(5_000n);
    expect(await source.feeRate(144)).toBe(1_000n);
  });

  it('names why a transaction is refused', async () => {
    const coin = await fund(source, 'taproot');
    const good = pay(coin);
    const flipped = Uint8Array.from(good);
    flipped[good.length - 6] = (flipped[good.length - 6] ?? 0) ^ 1;
    const refusals: [Uint8Array, string][] = [
      [pay(coin, { fee: 10n }), 'fee-too-low'],
      [pay(coin, { fee: BTC - 100n }), 'dust'],
      [pay(coin, { fee: BTC / 2n }), 'fee-too-high'],
      [pay({ ...coin, txid: 'ab'.repeat(32) }), 'inputs-missing-or-spent'],
      [pay(coin, { sequence: 900 }), 'not-final'],
      [flipped, 'bad-signature'],
    ];
    for (const [raw, refusal] of refusals)
      expect(await source.send(raw)).toMatchObject({ outcome: 'refused', refusal });
    expect(await source.send(good)).toMatchObject({ outcome: 'accepted' });
    expect(await source.send(pay(coin, { fee: 1_001n }))).toMatchObject({
      refusal: 'replacement-fee-too-low',
    });
    const replaced = await source.send(pay(coin, { fee: 9_000n }));
    expect(replaced).toMatchObject({ outcome: 'accepted' });
    await control.mine(1);
    expect(await source.send(good)).toMatchObject({ refusal: 'inputs-missing-or-spent' });
  });

  it('refuses a conflict with what may not be replaced', async () => {
    const coin = await fund(source, 'segwit');
    await source.send(pay(coin, { sequence: 0xffffffff }));
    expect(await source.send(pay(coin, { fee: 50_000n }))).toMatchObject({ refusal: 'conflict' });
    await control.mine(1);
  });

  it('settles an unknown outcome: by looking, and by sending the same bytes again', async () => {
    const coin = await fund(source, 'taproot');
    const raw = pay(coin);
    await control.hangUp(1);
    expect(await source.send(raw)).toMatchObject({
      outcome: 'unknown',
      fault: 'node-unreachable',
    });
    expect(await sendAndSettle(source, raw)).toMatchObject({ outcome: 'accepted' });
    await control.mine(1);
    expect(await source.send(raw)).toMatchObject({ outcome: 'accepted', isKnown: true });
    // Its outputs are spent as well: to the node it is then only a transaction without inputs.
    const next = await fund(source, 'segwit');
    const [first, then] = [pay(next), pay({ ...next, txid: next.txid })];
    await source.send(first);
    await control.mine(1);
    expect(await sendAndSettle(source, then)).toMatchObject({ outcome: 'accepted', isKnown: true });
  });

  it('takes a transaction for sent when it broke off after taking it', async () => {
    const raw = pay(await fund(source, 'segwit'));
    await control.hangUp(1);
    expect(await sendAndSettle(source, raw)).toMatchObject({ outcome: 'accepted', isKnown: true });
    await control.mine(1);
  });

  it('sends again what was lost after it was accepted', async () => {
    const raw = pay(await fund(source, 'segwit'));
    await control.dropTransactions(1);
    const sent = await source.send(raw);
    expect(sent.outcome).toBe('accepted');
    expect(await source.transaction(sent.txid)).toBeNull();
    expect(await sendAndSettle(source, raw)).toMatchObject({ outcome: 'accepted' });
    expect(await source.transaction(sent.txid)).toMatchObject({ block: null });
    await control.mine(1);
  });

  it('leaves the outcome unknown where nobody answers', async () => {
    const raw = pay(await fund(source, 'segwit'));
    expect(await sendAndSettle(makeSource(kind, nowhere), raw)).toMatchObject({
      outcome: 'unknown',
      fault: 'node-unreachable',
    });
  });

  it('asks and sends nothing to a node of another chain', async () => {
    const raw = pay(await fund(source, 'segwit'));
    const other = makeSource(kind, sandbox.url, { chain: BITCOIN_MAINNET });
    await expect(other.tip()).rejects.toMatchObject({ fault: 'node-other-chain' });
    await expect(other.send(raw)).rejects.toMatchObject({ fault: 'node-other-chain' });
    const { txid } = await source.send(raw);
    expect(await source.transaction(txid)).not.toBeNull();
    await control.mine(1);
  });

  it('shows everything an address received, over pages, the newest first', async () => {
    const from = (await source.tip()).height + 1;
    const paid: string[] = [];
    for (let round = 0; round < 8; round += 1) {
      for (let each = 0; each < 4; each += 1)
        paid.unshift(await control.deposit(key.taproot.address, BTC + BigInt(paid.length)));
      await control.mine(1);
    }
    const all = await wholeHistory(source, key.taproot.address, from);
    expect(all.map(({ txid }) => txid).toSorted()).toEqual(paid.toSorted());
    const heights = all.map(({ block }) => block?.height ?? 0);
    expect(heights).toEqual(heights.toSorted((a, b) => b - a));
    expect(
      all.flatMap(({ received }) => received.map(({ amount }) => String(amount))).toSorted(),
    ).toEqual(paid.map((_txid, index) => String(BTC + BigInt(index))).toSorted());
    expect(await wholeHistory(source, key.taproot.address, from + 4)).toHaveLength(16);
    expect(await wholeHistory(source, key.segwit.address, 0)).toEqual([]);
  });

  it('deposits are credited once deep enough, and taken back when a reorganization undoes them', async () => {
    const { address } = key.taproot;
    let state: DepositState = { checkpoint: await source.tip(), deposits: [] };
    const step = async (): Promise<string[]> => {
      const sight = await lookForDeposits(source, address, state);
      if (!sight) throw new Error('The chain moved');
      const judgement = judgeDeposits(state, sight, 2);
      if (judgement.verdict !== 'judged') throw new Error(judgement.reason);
      ({ state } = judgement);
      return judgement.events.map(({ event }) => event);
    };
    await control.deposit(address, BTC);
    expect(await step()).toEqual([]);
    await control.mine(1);
    expect(await step()).toEqual(['seen']);
    await control.mine(1);
    expect(await step()).toEqual(['confirmed']);
    expect(await step()).toEqual([]);
    await control.reorganize(2);
    expect(await step()).toEqual(['reversed', 'vanished']);
    await control.mine(1);
    expect(await step()).toEqual(['seen']);
    await control.mine(1);
    expect(await step()).toEqual(['confirmed']);
    await control.reorganize(2, true);
    expect(await step()).toEqual(['reversed', 'vanished']);
    await control.mine(3);
    expect(await step()).toEqual([]);
    await control.lag(3);
    expect(await step()).toEqual([]);
    await control.lag(0);
  });

  it('holds when a block that a deposit is listed in has another hash', async () => {
    const state: DepositState = { checkpoint: await source.tip(), deposits: [] };
    await fund(source, 'taproot');
    // One true answer for the checkpoint's height, one false for the deposit's.
    const answers: (string | null)[] = [state.checkpoint.hash, 'ab'.repeat(32)];
    const lying: BitcoinSource = { ...source, blockHash: async () => answers.shift() ?? null };
    const sight = await lookForDeposits(lying, key.taproot.address, state);
    expect(sight && judgeDeposits(state, sight, 1)).toEqual({
      verdict: 'hold',
      reason: 'answers-contradict',
    });
  });

  it.each(['amount', 'bytes'] as const)('finds out a node that lies about %s', async (lie) => {
    await fund(source, 'segwit');
    await control.lie(lie, 1);
    await expect(source.utxos(key.segwit.address)).rejects.toMatchObject({
      fault: 'node-answer-untrue',
    });
    expect(await source.utxos(key.segwit.address)).toMatchObject([{ amount: BTC }]);
  });

  it('finds out a node that gives the bytes of another transaction', async () => {
    const { txid } = await fund(source, 'segwit');
    await control.lie('bytes', 1);
    await expect(source.transaction(txid)).rejects.toMatchObject({ fault: 'node-answer-untrue' });
  });

  it('takes a node whose first block is another for one of another chain', async () => {
    const fresh = makeSource(kind, sandbox.url);
    await control.lie('block-hash', 1);
    await expect(fresh.tip()).rejects.toMatchObject({ fault: 'node-other-chain' });
    expect(await fresh.tip()).toMatchObject({ height: expect.any(Number) });
  });

  it('tells two chains with the same first block apart by the second', async () => {
    const [second, raw] = [await source.blockHash(1), pay(await fund(source, 'segwit'))];
    const accepts = async (hash: string): Promise<boolean> => hash === second;
    expect(await makeSource(kind, sandbox.url, { accepts }).tip()).toEqual(await source.tip());
    const other = makeSource(kind, sandbox.url, { accepts: async (hash) => hash !== second });
    await expect(other.tip()).rejects.toMatchObject({ fault: 'node-other-chain' });
    await expect(other.send(raw)).rejects.toMatchObject({ fault: 'node-other-chain' });
    expect(await source.transaction((await source.send(raw)).txid)).not.toBeNull();
    await control.mine(1);
  });

  it('refuses an address of another chain before it asks anybody', async () => {
    const mainnet = 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4';
    const dead = makeSource(kind, nowhere);
    expect(() => dead.utxos(mainnet)).toThrow(TypeError);
    expect(() => dead.history(mainnet, { from: 0, cursor: null })).toThrow(TypeError);
  });
});
