import { afterAll, beforeAll, expect, it } from 'vitest';
import { addressOfOwner } from '#lib/chains/account-context.ts';
import type { WithdrawalIntent } from '#lib/protocol/intent.ts';
import { ETHER, freshKey, until } from '#lib/sandbox/ethereum/testing/account-fixture.ts';
import { advanceOperation } from '../execution/advance-operation.ts';
import { begin, bookDeposit, cosigned, rowAt, send, signNewest } from '../testing/owner-desk.ts';
import { openEthereumDesk, type EthereumDesk } from '../testing/running-desk.ts';
import { findWaits } from './find-waits.ts';

const GAS = 21_000n;
const GWEI = 1_000_000_000n;
let desk: EthereumDesk;

beforeAll(async () => {
  desk = await openEthereumDesk({ clients: ['C-1001', 'C-1002', 'C-1003'] });
});
afterAll(() => desk.close());

async function fund(client: string): Promise<void> {
  const sent = await desk.control.deposit(addressOfOwner(desk.key, client), ETHER);
  await bookDeposit(desk, { client, asset: 'ETH', amount: ETHER });
  await until('the deposit is there', () => desk.node.getReceipt(sent));
}

const raise = (client: string, highestFee?: bigint): Promise<WithdrawalIntent> =>
  cosigned(desk, {
    client,
    asset: 'ETH',
    amount: ETHER / 10n,
    to: freshKey().address,
    ...(highestFee === undefined ? {} : { highestFee }),
  });

const waitOf = async ({ operation }: WithdrawalIntent) =>
  (await findWaits([await rowAt(desk, operation)], desk.books.web)).get(operation) ?? null;

it('a second transfer of an account names the first, which has its next number', async () => {
  await fund('C-1001');
  await desk.control.pauseMining(true);
  const [first, second] = [await raise('C-1001'), await raise('C-1001')];
  expect(await begin(desk, first)).toBe(true);
  await advanceOperation(second.operation, desk.context);
  const { number } = await rowAt(desk, first.operation);
  expect(await waitOf(second)).toMatchObject({
    words: `Waits for ${number} of the same account`,
    inWay: [{ id: first.operation, number }],
  });
  await desk.control.pauseMining(false);
});

it('a transfer that the network asks too much for waits for less, under the same statements, and loses nothing', async () => {
  await fund('C-1003');
  const intent = await raise('C-1003');
  const dear = { baseFees: [BigInt(intent.highestFee) / GAS], priorityFees: [GWEI] };
  const context = { ...desk.context, ethereum: { ...desk.node, getFeeMarket: async () => dear } };
  await advanceOperation(intent.operation, context);
  expect(await waitOf(intent)).toMatchObject({
    words: 'Waits: the network asks more than the highest fee',
    needsSomebody: true,
  });
  expect((await waitOf(intent))?.sentence).toContain('0.020000000000000000 ETH');
  const held = await desk.books.web.hold.findMany({
    where: { operationId: intent.operation, resolution: null },
  });
  expect(held.map(({ amount }) => String(amount))).toEqual([
    String(ETHER / 10n + BigInt(intent.highestFee)),
  ]);
  const row = await rowAt(desk, intent.operation);
  expect([row.state, row.attempt, row.transactions]).toEqual(['cosigned', 1, []]);
  // It asks less again.
  expect(await begin(desk, intent)).toBe(true);
  expect((await rowAt(desk, intent.operation)).transactions).toHaveLength(1);
  expect(await waitOf(intent)).toBeNull();
});

it('a transfer that nothing more may be offered for says so, and that it stays valid', async () => {
  await fund('C-1002');
  await desk.control.pauseMining(true);
  const { baseFees } = await desk.node.getFeeMarket();
  // Just enough for now, so that a replacement, which has to offer an eighth more, is above what was stated.
  const highestFee = GAS * ((baseFees.at(-1) ?? 0n) + GWEI + GWEI / 100n);
  const intent = await raise('C-1002', highestFee);
  expect(await begin(desk, intent)).toBe(true);
  await signNewest(desk, intent);
  await send(desk, intent);
  await advanceOperation(intent.operation, desk.context);
  expect((await waitOf(intent))?.words).toBe('Sent; no block holds it yet');
  desk.passTime(200_000);
  await advanceOperation(intent.operation, desk.context);
  const wait = await waitOf(intent);
  expect(wait?.words).toBe('Sent; needs a higher fee than was stated');
  expect(wait?.sentence).toContain('It stays valid');
  await desk.control.pauseMining(false);
});
