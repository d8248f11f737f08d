import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOfOwner } from '#lib/chains/account-context.ts';
import { BITCOIN_REGTEST } from '#lib/chains/bitcoin/networks.ts';
import type { EthereumClient } from '#lib/chains/ethereum/client/client.ts';
import { clientBalances } from '#lib/ledger/queries.ts';
import { ETHER, EURO, until } from '#lib/sandbox/ethereum/testing/account-fixture.ts';
import { findAssetHold } from '../../asset-hold.ts';
import type { OwnerDesk } from '../../testing/owner-desk.ts';
import {
  openBitcoinDesk,
  openEthereumDesk,
  type BitcoinDesk,
  type EthereumDesk,
} from '../../testing/running-desk.ts';
import { keepVaultAccounts } from '../keep-vault-accounts.ts';
import { OwnerDeposits } from './owner-deposits.ts';

const clients = ['C-1001', 'C-1002'];

const balancesOf = async ({ books }: OwnerDesk, client: string) =>
  Object.fromEntries(
    (await clientBalances(books.web, { client })).map(({ asset, posted }) => [asset, posted]),
  );

describe('deposits on Bitcoin', () => {
  let desk: BitcoinDesk;
  const deposits = new OwnerDeposits();
  const look = () => deposits.look(desk.context);

  beforeAll(async () => {
    desk = await openBitcoinDesk({ clients });
    await keepVaultAccounts(desk.context);
    await look();
  });
  afterAll(() => desk.close());

  it('every owner has an address of their own, written down once', async () => {
    expect(await keepVaultAccounts(desk.context)).toBe(0);
    const accounts = await desk.books.web.vaultAccount.findMany();
    expect(accounts).toHaveLength(2 * (clients.length + 1));
    expect(accounts.map(({ address }) => address)).toContain(addressOfOwner(desk.key, 'C-1002'));
  });

  it('are seen in the first block, credited at their depth to whose address they came to, once', async () => {
    await desk.control.deposit(addressOfOwner(desk.key, 'C-1001'), 5_000_000n);
    await look();
    expect(await desk.books.web.depositPending.count()).toBe(0);
    await desk.control.mine(1);
    await look();
    expect(await desk.books.web.depositPending.count()).toBe(1);
    expect(await balancesOf(desk, 'C-1001')).toEqual({});
    await desk.control.mine(1);
    await look();
    await new OwnerDeposits().look(desk.context);
    expect(await balancesOf(desk, 'C-1001')).toEqual({ BTC: '5000000' });
    expect(await balancesOf(desk, 'C-1002')).toEqual({});
    expect(await desk.books.web.depositPending.count()).toBe(0);
  });

  it('are seen where change goes, too, and belong to whose account that is', async () => {
    await desk.control.deposit(addressOfOwner(desk.key, 'C-1001', 'change'), 3_000_000n);
    await desk.control.deposit(addressOfOwner(desk.key, null, 'change'), 2_000_000n);
    await desk.control.mine(1);
    await look();
    expect(await desk.books.web.depositPending.count()).toBe(2);
    await desk.control.mine(1);
    for (let round = 0; round < 2; round += 1) await new OwnerDeposits().look(desk.context);
    expect(await balancesOf(desk, 'C-1001')).toEqual({ BTC: '8000000' });
    const suspense = await desk.books.web.account.findUniqueOrThrow({
      where: { id: 'suspense/deposits/BTC' },
    });
    expect(suspense.credits.toFixed(0)).toBe('2000000');
  });

  it('are taken back when a reorganisation undoes them for good', async () => {
    await desk.control.deposit(addressOfOwner(desk.key, 'C-1002'), 7_000_000n);
    await desk.control.mine(2);
    await look();
    expect(await balancesOf(desk, 'C-1002')).toEqual({ BTC: '7000000' });
    await desk.control.reorganize(2, true);
    await look();
    expect(await balancesOf(desk, 'C-1002')).toEqual({ BTC: '0' });
    expect(await desk.books.web.depositReversal.count()).toBe(1);
  });

  it('and hold everything on the chain then, by one incident', async () => {
    await look();
    const bitcoin = { chain: BITCOIN_REGTEST, asset: 'BTC' };
    expect((await findAssetHold(bitcoin, desk.books.web))?.refusal.code).toBe('asset-held');
    const opened = { where: { what: 'chain-reorganised' } };
    expect(await desk.books.web.incidentRecord.count(opened)).toBe(1);
  });

  it('that come again in another block are credited again, never twice', async () => {
    await desk.control.deposit(addressOfOwner(desk.key, 'C-1002'), 9_000_000n);
    await desk.control.mine(2);
    await look();
    await desk.control.reorganize(2);
    for (let blocks = 0; blocks < 4; blocks += 1) {
      await look();
      await desk.control.mine(1);
    }
    await look();
    expect(await balancesOf(desk, 'C-1002')).toEqual({ BTC: '9000000' });
  });
});

describe('deposits on Ethereum', () => {
  let desk: EthereumDesk;
  const deposits = new OwnerDeposits();
  const look = () => deposits.look(desk.context);

  beforeAll(async () => {
    desk = await openEthereumDesk({ clients });
    await keepVaultAccounts(desk.context);
    await look();
  });
  afterAll(() => desk.close());

  it('of ether and tokens are credited when their block is final, to whose address they came to', async () => {
    await desk.control.deposit(addressOfOwner(desk.key, 'C-1001'), 2n * ETHER);
    await desk.control.depositToken(addressOfOwner(desk.key, 'C-1001'), 30n * EURO);
    await until('both are credited', async () => {
      await look();
      return 'EURC' in (await balancesOf(desk, 'C-1001'));
    });
    expect(await balancesOf(desk, 'C-1001')).toEqual({
      ETH: String(2n * ETHER),
      EURC: String(30n * EURO),
    });
    await new OwnerDeposits().look(desk.context);
    expect(await desk.books.web.deposit.count()).toBe(2);
  });

  it('in a block that a reorganisation took are not credited', async () => {
    await desk.control.pauseMining(true);
    await desk.control.deposit(addressOfOwner(desk.key, 'C-1002'), ETHER);
    await desk.control.mine(1);
    await look();
    expect(await desk.books.web.depositPending.count()).toBe(1);
    await desk.control.reorganise(1);
    await look();
    expect(await desk.books.web.depositPending.count()).toBe(0);
    await desk.control.pauseMining(false);
    expect(await balancesOf(desk, 'C-1002')).toEqual({});
  });

  describe('and balances that no movement explains', () => {
    const incidents = () =>
      desk.books.web.incidentRecord.findMany({ where: { what: 'unexplained-balance' } });
    const balanceOf = (client: string, asset: string) =>
      desk.books.web.accountBalance.findUnique({
        where: { address_asset: { address: addressOfOwner(desk.key, client), asset } },
      });
    /** Looks until what lies there now has been looked at. */
    const looked = async (of: OwnerDeposits, context = desk.context): Promise<void> => {
      const newest = await desk.node.blockNumber();
      // A block is final in the sandbox once four more have come.
      await desk.control.mine(5);
      await until('the balances were looked at', async () => {
        desk.passTime(60_000);
        await of.look(context);
        return ((await balanceOf('C-1001', 'ETH'))?.height ?? 0n) >= newest;
      });
    };

    it('open nothing while deposits and payments explain them', async () => {
      await desk.control.deposit(addressOfOwner(desk.key, 'C-1001'), ETHER);
      await desk.control.depositToken(addressOfOwner(desk.key, 'C-1002'), EURO);
      await looked(deposits);
      expect(await incidents()).toEqual([]);
      expect((await balanceOf('C-1001', 'ETH'))?.amount.toFixed(0)).toBe(String(3n * ETHER));
    });

    it('open one incident, in whichever worker, and book nothing', async () => {
      const before = await balancesOf(desk, 'C-1002');
      await desk.control.depositThroughContract(addressOfOwner(desk.key, 'C-1002'), 2n * ETHER);
      await looked(deposits);
      await looked(deposits);
      await looked(new OwnerDeposits());
      expect(await incidents()).toMatchObject([
        { title: 'ETH in vault Hot 1: an account with more than the chain’s transactions explain' },
      ]);
      expect(await balanceOf('C-1002', 'ETH')).toMatchObject({
        unexplainedAt: expect.any(Date),
        incident: (await incidents())[0]?.number,
      });
      expect(await balancesOf(desk, 'C-1002')).toEqual(before);
    });

    it('open no other while people still have that one, however often somebody sends a little', async () => {
      const [opened] = await incidents();
      for (const client of clients) {
        await desk.control.depositThroughContract(addressOfOwner(desk.key, client), 1n);
        await looked(deposits);
        expect(await balanceOf(client, 'ETH')).toMatchObject({ incident: opened?.number });
      }
      expect(await incidents()).toHaveLength(1);
      const noted = await desk.books.web.auditEntry.count({
        where: { kind: 'unexplained-balance' },
      });
      expect(noted).toBe(3);
    });

    it('open one for what is missing, too', async () => {
      const victim = addressOfOwner(desk.key, 'C-1001');
      const short: EthereumClient = {
        ...desk.node,
        getTokenBalance: async (token, account, place) => {
          const held = await desk.node.getTokenBalance(token, account, place);
          return account === victim ? held - 1n : held;
        },
      };
      await looked(new OwnerDeposits(), { ...desk.context, ethereum: short });
      expect((await incidents()).map(({ title }) => title)).toContain(
        'EURC in vault Hot 1: an account with less than the chain’s transactions explain',
      );
    });
  });
});
