import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOfOwner } from '#lib/chains/account-context.ts';
import { createEsploraSource } from '#lib/chains/bitcoin/client/esplora-source.ts';
import { BITCOIN_REGTEST } from '#lib/chains/bitcoin/networks.ts';
import type { WithdrawalIntent } from '#lib/protocol/intent.ts';
import { advanceOperation } from '../execution/advance-operation.ts';
import {
  begin,
  bookDeposit,
  cosigned,
  rowAt,
  send,
  settledTo,
  signNewest,
} from '../testing/owner-desk.ts';
import { openBitcoinDesk, type BitcoinDesk } from '../testing/running-desk.ts';
import { findWaits } from './find-waits.ts';

const COIN = 100_000_000n;
let desk: BitcoinDesk;

beforeAll(async () => {
  desk = await openBitcoinDesk({ clients: ['C-1001', 'C-1002', 'C-1003'] });
});
afterAll(() => desk.close());

async function fund(client: string): Promise<void> {
  await desk.control.deposit(addressOfOwner(desk.key, client), COIN);
  await bookDeposit(desk, { client, asset: 'BTC', amount: COIN });
  await desk.control.mine(2);
}

const raise = (client: string): Promise<WithdrawalIntent> =>
  cosigned(desk, { client, asset: 'BTC', amount: COIN / 4n, to: addressOfOwner(desk.key, null) });

/** As its page and every list would say it. */
async function waitOf({ operation }: WithdrawalIntent) {
  const row = await rowAt(desk, operation);
  return (await findWaits([row], desk.books.web)).get(operation) ?? null;
}

describe('a withdrawal of bitcoin', () => {
  it('says which operation has its coins, then how many confirmations it has, and nothing once it is over', async () => {
    await fund('C-1001');
    const [first, second] = [await raise('C-1001'), await raise('C-1001')];
    expect(await begin(desk, first)).toBe(true);
    await advanceOperation(second.operation, desk.context);
    const { number } = await rowAt(desk, first.operation);
    expect(await waitOf(second)).toMatchObject({
      words: `Waits for coins of ${number}`,
      inWay: [{ id: first.operation, number }],
      needsSomebody: true,
    });
    await signNewest(desk, first);
    await send(desk, first);
    await advanceOperation(first.operation, desk.context);
    expect((await waitOf(first))?.words).toBe('Sent; no block holds it yet');
    await desk.control.mine(1);
    await advanceOperation(first.operation, desk.context);
    expect((await waitOf(first))?.words).toBe('In a block: 1 of 2 confirmations');
    await desk.control.mine(1);
    await advanceOperation(first.operation, desk.context);
    expect((await rowAt(desk, first.operation)).state).toBe('confirmed');
    expect(await waitOf(first)).toBeNull();
    // Its change is there now, so what waited for it can go on.
    expect(await begin(desk, second)).toBe(true);
    expect(await waitOf(second)).toBeNull();
  });

  it('waits where the network asks more than was stated, and goes on under the same statements once it asks less', async () => {
    await fund('C-1003');
    const intent = await raise('C-1003');
    const { bitcoin } = desk.context;
    if (!bitcoin) throw new Error('There is no node.');
    const dear = { ...bitcoin, feeRate: async () => BigInt(intent.highestFee) * 10n };
    await advanceOperation(intent.operation, { ...desk.context, bitcoin: dear });
    expect(await waitOf(intent)).toMatchObject({
      words: 'Waits: the network asks more than the highest fee',
      needsSomebody: true,
    });
    const row = await rowAt(desk, intent.operation);
    expect([row.state, row.attempt, row.transactions]).toEqual(['cosigned', 1, []]);
    expect(await begin(desk, intent)).toBe(true);
    expect(await waitOf(intent)).toBeNull();
  });

  it('says that the node gives no answer, keeps the instant while that lasts, and forgets it when it does', async () => {
    await fund('C-1002');
    const intent = await raise('C-1002');
    await begin(desk, intent);
    await signNewest(desk, intent);
    await send(desk, intent);
    const away = {
      ...desk.context,
      bitcoin: createEsploraSource('http://127.0.0.1:1', { chain: BITCOIN_REGTEST }),
    };
    await expect(advanceOperation(intent.operation, away)).rejects.toThrow();
    const told = await waitOf(intent);
    expect(told?.sentence).toContain('The Bitcoin node gives no usable answer.');
    desk.passTime(60_000);
    await expect(advanceOperation(intent.operation, away)).rejects.toThrow();
    expect((await waitOf(intent))?.since).toBe(told?.since);
    await desk.control.mine(2);
    expect(await settledTo(desk, intent)).toBe('confirmed');
    await advanceOperation(intent.operation, desk.context);
    expect(await waitOf(intent)).toBeNull();
  });
});
