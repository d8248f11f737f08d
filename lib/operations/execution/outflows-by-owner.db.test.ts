import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOfOwner } from '#lib/chains/account-context.ts';
import { assemble } from '#lib/chains/ethereum/assemble.ts';
import { EURC_SANDBOX } from '#lib/chains/ethereum/chain.ts';
import {
  ETHER,
  EURO,
  freshKey,
  SANDBOX_CHAIN,
  until,
} from '#lib/sandbox/ethereum/testing/account-fixture.ts';
import { move } from '#lib/ledger/testing/books.ts';
import { findAssetHold } from '../asset-hold.ts';
import {
  begin,
  cosigned,
  releaseNewest,
  rowAt,
  send,
  settledTo,
  signNewest,
  type OwnerDesk,
} from '../testing/owner-desk.ts';
import { takeBitcoin, takeEther } from '../testing/owner-theft.ts';
import {
  openBitcoinDesk,
  openEthereumDesk,
  outsideOf,
  type BitcoinDesk,
  type EthereumDesk,
} from '../testing/running-desk.ts';
import { OwnerDeposits } from './deposits/owner-deposits.ts';
import { keepVaultAccounts } from './keep-vault-accounts.ts';
import { OutflowsByOwner } from './outflows-by-owner.ts';

const clients = ['C-1001', 'C-1002'];
const COIN = 100_000_000n;

const noted = async ({ books }: OwnerDesk) =>
  (await books.web.outflow.findMany({ orderBy: { notedAt: 'asc' } })).map(
    ({ txid, asset, amount }) => ({ txid, asset, amount: BigInt(amount.toFixed(0)) }),
  );

describe('what leaves a vault on Bitcoin', () => {
  let desk: BitcoinDesk;
  const deposits = new OwnerDeposits();
  const outflows = new OutflowsByOwner();
  const outside = () => outsideOf(desk.key);
  async function mineAndLook(blocks: number): Promise<void> {
    await desk.control.mine(blocks);
    await deposits.look(desk.context);
    await outflows.look(desk.context);
  }

  beforeAll(async () => {
    desk = await openBitcoinDesk({ clients });
    await keepVaultAccounts(desk.context);
    await deposits.look(desk.context);
  });
  afterAll(() => desk.close());

  it('by a payment of ours sounds no alarm, on its way or in a block', async () => {
    for (const client of clients)
      await desk.control.deposit(addressOfOwner(desk.key, client), COIN);
    // A stranger's payment to where change goes lies at another address of the same account.
    await desk.control.deposit(addressOfOwner(desk.key, null, 'change'), 4_000_000n);
    await mineAndLook(2);
    const intent = await cosigned(desk, {
      client: 'C-1001',
      asset: 'BTC',
      amount: COIN / 4n,
      to: outside(),
    });
    await begin(desk, intent);
    await signNewest(desk, intent);
    await send(desk, intent);
    await new OutflowsByOwner().look(desk.context);
    await mineAndLook(2);
    expect(await settledTo(desk, intent)).toBe('confirmed');
    await mineAndLook(1);
    expect(await noted(desk)).toEqual([]);
    // The change that came back is nobody's deposit.
    expect(await desk.books.web.deposit.count()).toBe(3);
    expect(await desk.books.web.depositPending.count()).toBe(0);
  });

  it('by nothing but a reorganisation that undid a deposit sounds none', async () => {
    await desk.control.deposit(addressOfOwner(desk.key, 'C-1002'), 5_000_000n);
    await desk.control.mine(2);
    await deposits.look(desk.context);
    await desk.control.reorganize(2, true);
    await new OutflowsByOwner().look(desk.context);
    expect(await noted(desk)).toEqual([]);
    await deposits.look(desk.context);
  });

  it('by a payment that no operation made is noted by its coin, once, change of ours too', async () => {
    await takeBitcoin(desk, { client: 'C-1002', to: outside(), amount: null });
    await mineAndLook(1);
    expect(await noted(desk)).toMatchObject([{ asset: 'BTC', amount: COIN }]);
    await takeBitcoin(desk, { client: 'C-1001', to: outside(), amount: null });
    await mineAndLook(1);
    await new OutflowsByOwner().look(desk.context);
    const found = await noted(desk);
    expect(found).toHaveLength(2);
    expect(found[1]?.txid).toMatch(/^[0-9a-f]{64}:\d+$/);
    const opened = { where: { what: 'unexplained-outflow' } };
    expect(await desk.books.web.incidentRecord.count(opened)).toBe(2);
  });
});

describe('what leaves a vault on Bitcoin while shares of a payment are out', () => {
  let desk: BitcoinDesk;
  const deposits = new OwnerDeposits();
  async function mineAndLook(blocks: number): Promise<void> {
    await desk.control.mine(blocks);
    await deposits.look(desk.context);
    await new OutflowsByOwner().look(desk.context);
  }

  beforeAll(async () => {
    desk = await openBitcoinDesk({ clients });
    await keepVaultAccounts(desk.context);
    await deposits.look(desk.context);
  });
  afterAll(() => desk.close());

  it.each([
    { what: 'by that payment, put together by others, sounds no alarm', isOurs: true },
    { what: 'by another payment of the same coins is noted', isOurs: false },
  ])('$what', async ({ isOurs }) => {
    const before = (await noted(desk)).length;
    const client = isOurs ? 'C-1001' : 'C-1002';
    await desk.control.deposit(addressOfOwner(desk.key, client), COIN);
    await mineAndLook(2);
    const of = { client, asset: 'BTC', amount: COIN / 4n, to: outsideOf(desk.key) };
    const intent = await cosigned(desk, of);
    expect(await begin(desk, intent)).toBe(true);
    const { raw } = await releaseNewest(desk, intent);
    await move(desk.books.worker, intent.operation, 'held');
    if (isOurs) expect((await desk.node.send(raw)).outcome).toBe('accepted');
    else await takeBitcoin(desk, { client, to: outsideOf(desk.key), amount: null });
    await new OutflowsByOwner().look(desk.context);
    await mineAndLook(2);
    expect(await noted(desk)).toHaveLength(isOurs ? before : before + 1);
  });
});

describe('what leaves a vault on Ethereum', () => {
  let desk: EthereumDesk;
  const deposits = new OwnerDeposits();
  const look = () => deposits.look(desk.context);

  beforeAll(async () => {
    desk = await openEthereumDesk({ clients });
    await keepVaultAccounts(desk.context);
    await look();
    const account = addressOfOwner(desk.key, 'C-1001');
    await desk.control.deposit(account, 2n * ETHER);
    await desk.control.depositToken(account, 30n * EURO);
    await until('both are credited', async () => {
      await look();
      return (await desk.books.web.deposit.count()) === 2;
    });
  });
  afterAll(() => desk.close());

  it('by a transfer of ours sounds no alarm', async () => {
    const intent = await cosigned(desk, {
      client: 'C-1001',
      asset: 'ETH',
      amount: ETHER / 4n,
      to: freshKey().address,
    });
    await begin(desk, intent);
    await signNewest(desk, intent);
    await send(desk, intent);
    await until('it is final', async () => {
      await look();
      return settledTo(desk, intent);
    });
    await look();
    expect(await noted(desk)).toEqual([]);
  });

  it('by a transfer of ours under another signature of the parties sounds none', async () => {
    const client = 'C-1001';
    const to = freshKey().address;
    const intent = await cosigned(desk, { client, asset: 'ETH', amount: ETHER / 8n, to });
    await begin(desk, intent);
    await signNewest(desk, intent);
    const [{ message } = { message: new Uint8Array() }] = (await rowAt(desk, intent.operation))
      .transactions;
    const [signature = new Uint8Array()] = desk.sign(client, message, new Uint8Array(32).fill(9));
    const twin = assemble(message, signature, addressOfOwner(desk.key, client));
    await desk.context.ethereum?.sendTransaction(twin.raw);
    await send(desk, intent);
    await until('it is settled', async () => {
      await look();
      return (await settledTo(desk, intent)) === 'confirmed';
    });
    await look();
    expect(await noted(desk)).toEqual([]);
  });

  it('by a transfer that no operation made is noted by its hash, once, as what it moved', async () => {
    const to = freshKey().address;
    const token = await takeEther(desk, {
      client: 'C-1001',
      to,
      amount: 4n * EURO,
      token: EURC_SANDBOX,
    });
    await until('it is noted', async () => {
      await look();
      return (await noted(desk)).length === 1;
    });
    const ether = await takeEther(desk, { client: 'C-1001', to, amount: ETHER, token: null });
    await until('it is noted', async () => {
      await look();
      return (await noted(desk)).length === 2;
    });
    expect(await noted(desk)).toMatchObject([
      { txid: token, asset: 'EURC', amount: 4n * EURO },
      { txid: ether, asset: 'ETH' },
    ]);
  });

  it('is read no further while a token’s contract is not what our data say', async () => {
    const { ethereum } = desk.context;
    if (!ethereum) throw new Error('There is a node.');
    const other = {
      ...ethereum,
      checkToken: async () => ({ ok: false as const, fault: 'token-decimals-differ' as const }),
    };
    await desk.control.mine(1);
    for (let round = 0; round < 2; round += 1)
      await expect(deposits.look({ ...desk.context, ethereum: other })).rejects.toThrow();
    const euro = { chain: SANDBOX_CHAIN, asset: 'EURC' };
    expect(await findAssetHold(euro, desk.books.web)).toMatchObject({
      refusal: {
        code: 'asset-held',
        sentence: expect.stringContaining('it has other decimals'),
      },
    });
    expect(await findAssetHold({ ...euro, asset: 'ETH' }, desk.books.web)).toBeNull();
    const opened = { where: { what: 'token-differs' } };
    expect(await desk.books.web.incidentRecord.count(opened)).toBe(1);
    await desk.control.mine(1);
    await look();
    expect(await findAssetHold(euro, desk.books.web)).toBeNull();
  });
});
