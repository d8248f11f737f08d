/** Credited deposits that a reorganisation puts into another block, before and after the checkpoint has passed them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOfOwner } from '#lib/chains/account-context.ts';
import { BITCOIN_REGTEST } from '#lib/chains/bitcoin/networks.ts';
import { clientBalances } from '#lib/ledger/queries.ts';
import { openBitcoinDesk, type BitcoinDesk } from '../../testing/running-desk.ts';
import { keepVaultAccounts } from '../keep-vault-accounts.ts';
import { OwnerDeposits } from './owner-deposits.ts';
import type { Mark } from './known-blocks.ts';
import { findGround } from './read-anew.ts';

const clients = ['C-1001', 'C-1002'];
/** As far behind the newest block as the checkpoint follows. */
const behind = 100;

describe('a credited deposit on Bitcoin', () => {
  let desk: BitcoinDesk;
  const look = () => new OwnerDeposits().look(desk.context);
  const heightOf = async (txid: string): Promise<number> =>
    (await desk.node.transaction(txid))?.block?.height ?? 0;
  const posted = async (client: string) =>
    (await clientBalances(desk.books.web, { client }))[0]?.posted ?? '0';
  const checkpoint = async (): Promise<bigint | undefined> => {
    const where = { chain: BITCOIN_REGTEST };
    const [block] = await desk.books.web.chainBlock.findMany({ where });
    return block?.height;
  };
  const mineTo = async (height: number): Promise<void> => {
    const { height: newest } = await desk.node.tip();
    await desk.control.mine(height - newest);
  };
  const credited = async (client: string, satoshis: bigint): Promise<string> => {
    const txid = await desk.control.deposit(addressOfOwner(desk.key, client), satoshis);
    await desk.control.mine(2);
    await look();
    expect(await posted(client)).toBe(String(satoshis));
    return txid;
  };

  beforeAll(async () => {
    desk = await openBitcoinDesk({ clients });
    await keepVaultAccounts(desk.context);
    await look();
  });
  afterAll(() => desk.close());

  it('that moved to a lower block stays credited when the checkpoint comes to lie between the two', async () => {
    await desk.control.mine(5);
    const txid = await credited('C-1001', 5_000_000n);
    const first = await heightOf(txid);
    const known = await desk.node.transaction(txid);
    await desk.control.reorganize(7, false, known ? [known.transaction.bytes] : []);
    expect(await heightOf(txid)).toBe(first - 5);
    await look();
    await mineTo(first - 1 + behind);
    await look();
    expect(await checkpoint()).toBe(BigInt(first - 1));
    await desk.control.mine(1);
    await look();
    expect(await posted('C-1001')).toBe('5000000');
    expect(await desk.books.web.depositReversal.count()).toBe(0);
  });

  it('is looked for by its newest block where the chain is read anew', async () => {
    const asked: Mark[] = [];
    await findGround({ chain: BITCOIN_REGTEST, db: desk.books.worker }, async (marks) => {
      asked.push(...marks);
      return null;
    });
    const hashes = await Promise.all(
      asked.map(({ height }) => desk.node.blockHash(Number(height))),
    );
    expect(asked.map(({ hash }) => hash)).toEqual(hashes);
    expect(asked).toHaveLength(1);
  });

  it('that moved to a higher block is taken back when it vanishes from there, though the checkpoint has passed the first', async () => {
    const txid = await credited('C-1002', 7_000_000n);
    const first = await heightOf(txid);
    await desk.control.reorganize(2);
    await desk.control.mine(2);
    expect(await heightOf(txid)).toBe(first + 3);
    await look();
    expect(await posted('C-1002')).toBe('7000000');
    await mineTo(first + behind);
    await look();
    expect(await checkpoint()).toBe(BigInt(first));
    await desk.control.reorganize(behind - 2, true);
    await look();
    expect(await posted('C-1002')).toBe('0');
  });

  it('is not passed by a checkpoint on another chain than the one it was looked for on', async () => {
    await desk.control.mine(1);
    const before = await checkpoint();
    const { height: newest } = await desk.node.tip();
    const { node } = desk;
    let isOther = false;
    const turning: typeof node = {
      ...node,
      blockHash: async (height) => {
        const hash = await node.blockHash(height);
        if (height === newest - behind && !isOther) await desk.control.reorganize(1);
        isOther ||= height === newest - behind;
        return hash;
      },
    };
    await new OwnerDeposits().look({ ...desk.context, bitcoin: turning });
    expect(isOther).toBe(true);
    expect(await checkpoint()).toBe(before);
    await look();
    expect(await checkpoint()).toBe(BigInt(newest + 1 - behind));
  });
});
