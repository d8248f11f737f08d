/** A reorganisation deeper than what is kept: blocks on record that no chain has stand in for it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOfOwner } from '#lib/chains/account-context.ts';
import { BITCOIN_REGTEST } from '#lib/chains/bitcoin/networks.ts';
import { admit, enrol, signIn, valueOf } from '#lib/identity/testing/people.ts';
import { clientBalances } from '#lib/ledger/queries.ts';
import { ETHER, SANDBOX_CHAIN, until } from '#lib/sandbox/ethereum/testing/account-fixture.ts';
import { adoptRosterOfAll } from '#scripts/verify-signed/testing/adopt-roster.ts';
import { standingHolds } from '../../asset-hold.ts';
import type { Founder } from '../../testing/after-genesis.ts';
import { decideAsShown, proveDecisions } from '../../testing/decide-as-shown.ts';
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

const postedOf = async ({ books }: OwnerDesk, client: string) =>
  (await clientBalances(books.web, { client }))[0]?.posted ?? '0';
const look = (desk: OwnerDesk) => new OwnerDeposits().look(desk.context);
/** What was found, once for each reading anew that it was found after, and once before. */
const holdsOf = async ({ books }: OwnerDesk) =>
  (await standingHolds(books.web)).map(({ detail }) => detail);

/** Puts blocks that no chain has in the place of those that were read last. */
async function loseKnownBlocks({ books }: OwnerDesk, chain: string, height: bigint): Promise<void> {
  await books.worker.chainBlock.deleteMany({ where: { chain } });
  const hash = chain === SANDBOX_CHAIN ? `0x${'ee'.repeat(32)}` : 'ee'.repeat(32);
  await books.worker.chainBlock.create({ data: { chain, height, hash } });
}

/** Officers of the desk, as whoever looks at the page. */
async function officersOf({ books, context }: OwnerDesk): Promise<readonly Founder[]> {
  const web = { ...context, db: books.web };
  const officer = async (displayName: string): Promise<Founder> => {
    const enrolled = await enrol(web, { displayName, roles: ['officer'], group: null });
    await admit(books.owner, enrolled);
    return { actor: (await signIn(web, enrolled)).actor, key: enrolled.key };
  };
  const both = [await officer('Ada Hofmann'), await officer('Ben Okafor')];
  // No roster names fewer than three.
  await officer('Cem Aydin');
  await adoptRosterOfAll(books.owner);
  return both;
}

/** As people do on the page, and the worker after them. @param by the first asks, the second agrees. */
async function decide(desk: OwnerDesk, by: readonly Founder[]): Promise<string | undefined> {
  const { books, context, key } = desk;
  const web = { ...context, db: books.web };
  desk.passTime(10);
  for (const person of by)
    valueOf(await decideAsShown(person, { chain: key.chain, kind: 'read-anew' }, web));
  await proveDecisions(context);
  const newest = { orderBy: { firstAt: 'desc' } } as const;
  return (await books.web.chainDecision.findFirst(newest))?.id;
}

describe('Bitcoin without the block that counted as final', () => {
  let desk: BitcoinDesk;
  let officers: readonly Founder[];
  beforeAll(async () => {
    desk = await openBitcoinDesk({ clients });
    officers = await officersOf(desk);
    await keepVaultAccounts(desk.context);
    await look(desk);
  });
  afterAll(() => desk.close());
  const checkpoint = () =>
    desk.books.web.chainBlock.findFirstOrThrow({
      where: { chain: BITCOIN_REGTEST },
      orderBy: { height: 'desc' },
    });

  it('of which no deposit was booked is read from its first block', async () => {
    const { height } = await desk.node.tip();
    await loseKnownBlocks(desk, BITCOIN_REGTEST, BigInt(height));
    await expect(look(desk)).rejects.toThrow();
    const decision = await decide(desk, officers);
    await look(desk);
    const { facts } = await desk.books.web.auditEntry
      .findFirstOrThrow({ where: { kind: 'chain-read-anew' } })
      .then(({ leaf }) => JSON.parse(Buffer.from(leaf).toString()) as { facts: object });
    expect(facts).toMatchObject({ height: '0', hash: await desk.node.blockHash(0) });
    const used = await desk.books.web.chainDecision.findUnique({ where: { id: decision ?? '' } });
    expect(used?.usedAt).not.toBeNull();
  });

  it('stands still until two people have it read anew, then takes back what is gone and goes on behind the last deposit that is there', async () => {
    await desk.control.deposit(addressOfOwner(desk.key, 'C-1001'), 5_000_000n);
    await desk.control.mine(2);
    await look(desk);
    const kept = await desk.books.web.deposit.findFirstOrThrow();
    await desk.control.deposit(addressOfOwner(desk.key, 'C-1002'), 7_000_000n);
    await desk.control.mine(2);
    await look(desk);
    expect(await postedOf(desk, 'C-1002')).toBe('7000000');
    await desk.control.reorganize(2, true);
    const { height } = await desk.node.tip();
    await loseKnownBlocks(desk, BITCOIN_REGTEST, BigInt(height));
    await expect(look(desk)).rejects.toThrow();
    expect(await holdsOf(desk)).toEqual(['checkpoint-gone', 'checkpoint-gone']);
    await decide(desk, officers.slice(0, 1));
    await expect(look(desk)).rejects.toThrow();
    const decision = await decide(desk, officers.slice(1));
    await look(desk);
    expect(await checkpoint()).toMatchObject({ height: kept.slot, hash: kept.blockHash });
    const used = await desk.books.web.chainDecision.findUnique({ where: { id: decision ?? '' } });
    expect(used?.usedAt).not.toBeNull();
    expect([await postedOf(desk, 'C-1001'), await postedOf(desk, 'C-1002')]).toEqual([
      '5000000',
      '0',
    ]);
    expect(await holdsOf(desk)).toEqual(['checkpoint-gone', 'checkpoint-gone']);
    await desk.control.deposit(addressOfOwner(desk.key, 'C-1001'), 1_000_000n);
    await desk.control.mine(2);
    await look(desk);
    expect(await postedOf(desk, 'C-1001')).toBe('6000000');
  });

  it('is read anew once for each time that two people decided it', async () => {
    await loseKnownBlocks(desk, BITCOIN_REGTEST, (await checkpoint()).height);
    await expect(look(desk)).rejects.toThrow();
  });
});

describe('Ethereum without any of the blocks that were read last', () => {
  const lost = 'known-blocks-gone';
  let desk: EthereumDesk;
  let officers: readonly Founder[];
  beforeAll(async () => {
    desk = await openEthereumDesk({ clients });
    officers = await officersOf(desk);
    await keepVaultAccounts(desk.context);
    await look(desk);
  });
  afterAll(() => desk.close());

  it('of which no deposit was booked credits none that waited in a lost block', async () => {
    await desk.control.pauseMining(true);
    await desk.control.deposit(addressOfOwner(desk.key, 'C-1001'), ETHER);
    await desk.control.mine(1);
    await look(desk);
    expect(await desk.books.web.depositPending.count()).toBe(1);
    await desk.control.reorganise(1);
    await loseKnownBlocks(desk, SANDBOX_CHAIN, await desk.node.blockNumber());
    await desk.control.mine(10);
    await expect(look(desk)).rejects.toThrow();
    await decide(desk, officers);
    await look(desk);
    expect(await desk.books.web.depositPending.count()).toBe(0);
    expect(await postedOf(desk, 'C-1001')).toBe('0');
    await desk.control.pauseMining(false);
  });

  it('of which no deposit was booked is read from its final block', async () => {
    await desk.control.mine(10);
    await loseKnownBlocks(desk, SANDBOX_CHAIN, await desk.node.blockNumber());
    await expect(look(desk)).rejects.toThrow();
    await decide(desk, officers);
    await look(desk);
    const heights = await desk.books.web.chainBlock.findMany({ where: { chain: SANDBOX_CHAIN } });
    const final = await desk.node.getBlock('finalized');
    expect(heights.map(({ hash }) => hash)).toContain(final?.hash);
  });

  it('stands still until two people have it read anew, and goes on behind the last deposit that is there', async () => {
    const credited = (client: string, wei: bigint) =>
      until('it is credited', async () => {
        await desk.control.mine(5);
        await look(desk);
        return (await postedOf(desk, client)) === String(wei);
      });
    await desk.control.deposit(addressOfOwner(desk.key, 'C-1001'), ETHER);
    await credited('C-1001', ETHER);
    await loseKnownBlocks(desk, SANDBOX_CHAIN, await desk.node.blockNumber());
    await expect(look(desk)).rejects.toThrow();
    expect(await holdsOf(desk)).toEqual([lost, lost, lost]);
    await desk.control.deposit(addressOfOwner(desk.key, 'C-1002'), 2n * ETHER);
    await desk.control.mine(5);
    await decide(desk, officers.slice(0, 1));
    await expect(look(desk)).rejects.toThrow();
    await decide(desk, officers.slice(1));
    await credited('C-1002', 2n * ETHER);
    expect(await postedOf(desk, 'C-1001')).toBe(String(ETHER));
    expect(await desk.books.web.depositReversal.count()).toBe(0);
    expect(await holdsOf(desk)).toEqual([lost, lost, lost]);
  });

  it('goes on behind that deposit also where a worker ends before it has written that down', async () => {
    const { number } = (await desk.node.getBlock('finalized')) ?? { number: 0n };
    await loseKnownBlocks(desk, SANDBOX_CHAIN, await desk.node.blockNumber());
    await expect(look(desk)).rejects.toThrow();
    await desk.control.deposit(addressOfOwner(desk.key, 'C-1002'), ETHER);
    await until('its block is final', async () => {
      await desk.control.mine(5);
      return ((await desk.node.getBlock('finalized'))?.number ?? 0n) > number + 10n;
    });
    await decide(desk, officers);
    // The time is asked for first where the block to go on behind is written down.
    const context = {
      ...desk.context,
      clock: () => {
        throw new Error('the worker ends');
      },
    };
    await expect(new OwnerDeposits().look(context)).rejects.toThrow();
    await until('it is credited', async () => {
      await look(desk);
      return (await postedOf(desk, 'C-1002')) === String(3n * ETHER);
    });
  });

  const ends = () => Promise.reject(new Error('the worker ends'));
  it.each([
    {
      when: 'while it takes back',
      query: { depositReversal: { create: ends }, chainDecision: {} },
    },
    {
      when: 'before it has written down where to go on',
      query: { depositReversal: {}, chainDecision: { findUniqueOrThrow: ends } },
    },
  ])(
    'gives back what a wrong node had taken back once the right one is asked, also where a worker ended $when',
    async ({ query }) => {
      const where = { clientId: 'C-1001' };
      const { blockHash: ground } = await desk.books.web.deposit.findFirstOrThrow({ where });
      const wrong: typeof desk.node = {
        ...desk.node,
        findKept: async (marks) => marks.find(({ hash }) => hash === ground) ?? null,
      };
      const onWrong = { ...desk.context, ethereum: wrong };
      await expect(new OwnerDeposits().look(onWrong)).rejects.toThrow();
      await decide(desk, officers);
      const db = desk.context.db.$extends({ query }) as unknown as typeof desk.context.db;
      await expect(new OwnerDeposits().look({ ...onWrong, db })).rejects.toThrow();
      for (let pass = 0; pass < 12; pass += 1) {
        await desk.control.mine(10);
        await look(desk);
      }
      expect([await postedOf(desk, 'C-1001'), await postedOf(desk, 'C-1002')]).toEqual([
        String(ETHER),
        String(3n * ETHER),
      ]);
    },
  );
});
