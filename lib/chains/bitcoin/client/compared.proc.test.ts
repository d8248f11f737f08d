import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BitcoinSandboxControl } from '#lib/sandbox/bitcoin/control.ts';
import { testKey, type TestCoin, type TestKey } from '#lib/sandbox/bitcoin/testing/signed.ts';
import { EndpointsDiffer } from '../../endpoints-differ.ts';
import { agreeingSource } from './agreeing-source.ts';
import {
  compareBlockHash,
  compareHistories,
  compareTips,
  compareTransaction,
  compareCoins,
  sendThroughBoth,
} from './compared.ts';
import type { DepositState } from './deposits.ts';
import { compareSights } from './look-for-deposits.ts';
import type { BitcoinSource } from './source.ts';
import { fund as fundKey, pay as payFrom } from './testing/payments.ts';
import { makeSource, nowhere, startStandIn, type StandIn } from './testing/setting.ts';

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

describe('two sources that are compared', () => {
  let late: StandIn;
  beforeAll(async () => {
    late = await startStandIn();
  });
  afterAll(() => late.stop());
  const pair = () => ({
    core: makeSource('core', sandbox.url),
    esplora: makeSource('esplora', sandbox.url),
    other: makeSource('esplora', late.url),
    gone: makeSource('core', nowhere),
  });

  it('agree where both see the same chain', async () => {
    const { core, esplora } = pair();
    const { txid } = await fund(core, 'taproot');
    const { address } = key.taproot;
    const { height } = await core.tip();
    for (const compared of [
      await compareTips(core, esplora, 0),
      await compareCoins(core, esplora, address),
      await compareTransaction(core, esplora, txid),
      await compareBlockHash(core, esplora, height),
      await compareHistories(core, esplora, address, 0),
    ])
      expect(compared.verdict).toBe('agree');
  });

  it('agree on what spends a coin, also where one has not seen yet what waits', async () => {
    const { core, esplora, other } = pair();
    const coin = await fund(core, 'taproot');
    const agreed = agreeingSource(core, esplora);
    const { txid } = await core.send(pay(coin));
    expect(await agreed.spending(coin)).toEqual({ state: 'unspent' });
    await control.mine(1);
    expect(await agreed.spending(coin)).toMatchObject({ state: 'spent', by: { txid } });
    await expect(agreeingSource(core, other).spending(coin)).rejects.toThrow(EndpointsDiffer);
    // One that says nothing of a spender does not outweigh the other.
    const silent: BitcoinSource = { ...esplora, spending: async () => ({ state: 'unspent' }) };
    await expect(agreeingSource(core, silent).spending(coin)).rejects.toThrow(EndpointsDiffer);
  });

  it('agree on deposits to the last, and disagree while one is a block behind', async () => {
    const { core, esplora } = pair();
    const state: DepositState = { checkpoint: await core.tip(), deposits: [] };
    await fund(core, 'taproot');
    const look = (second: BitcoinSource) => compareSights(core, second, key.taproot.address, state);
    expect(await look(esplora)).toMatchObject({ verdict: 'agree', value: { entries: [{}] } });
    const behind = await core.tip();
    await control.mine(1);
    const slow: BitcoinSource = { ...esplora, tip: async () => behind };
    expect(await look(slow)).toMatchObject({ verdict: 'disagree' });
  });

  it('disagree by name where one is of another branch, and nobody guesses', async () => {
    const { core, other } = pair();
    const { txid } = await fund(core, 'taproot');
    expect(await compareTips(core, other, 1_000)).toMatchObject({ verdict: 'disagree' });
    expect(await compareCoins(core, other, key.taproot.address)).toMatchObject({
      verdict: 'disagree',
      first: { coins: [{ txid }], isWhole: true },
      second: { coins: [], isWhole: true },
    });
    expect(await compareTransaction(core, other, txid)).toMatchObject({
      verdict: 'disagree',
      second: null,
    });
    expect(await compareBlockHash(core, other, 1)).toMatchObject({ verdict: 'disagree' });
    expect(await compareHistories(core, other, key.taproot.address, 0)).toMatchObject({
      verdict: 'disagree',
    });
  });

  it('say which one is away, and throw when both are', async () => {
    const { core, gone } = pair();
    expect(await compareTips(gone, core, 0)).toMatchObject({
      verdict: 'one-away',
      away: 'first',
      fault: 'node-unreachable',
    });
    expect(await compareTips(core, gone, 0)).toMatchObject({ away: 'second' });
    await expect(compareTips(gone, gone, 0)).rejects.toMatchObject({ fault: 'node-unreachable' });
  });

  it('do not take a lie for an absence', async () => {
    const { core, esplora } = pair();
    await fund(core, 'taproot');
    await control.lie('amount', 2);
    await expect(compareCoins(core, esplora, key.taproot.address)).rejects.toMatchObject({
      fault: 'node-answer-untrue',
    });
    await control.lie('amount', 0);
  });

  it('send through the second where the first is away, and refuse only together', async () => {
    const { core, esplora, gone } = pair();
    const coin = await fund(core, 'segwit');
    const raw = pay(coin, { fee: 10n });
    expect(await sendThroughBoth(gone, esplora, pay(coin))).toMatchObject({ outcome: 'accepted' });
    await control.mine(1);
    expect(await sendThroughBoth(core, esplora, raw)).toMatchObject({ outcome: 'refused' });
    expect(await sendThroughBoth(gone, esplora, raw)).toMatchObject({ outcome: 'unknown' });
  });

  it('at tips that lie apart agree on what both have seen', async () => {
    const { core } = pair();
    const before = await core.tip();
    const slow: BitcoinSource = { ...core, tip: async () => before };
    await control.mine(2);
    expect(await compareTips(core, slow, 2)).toEqual({ verdict: 'agree', value: before });
    expect(await compareTips(core, slow, 1)).toMatchObject({ verdict: 'disagree' });
  });
});
