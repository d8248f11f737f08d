import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { listDestinationBook } from './list-destination-book.ts';
import { openAfterGenesis, type AfterGenesis } from './testing/after-genesis.ts';

const clients = ['C-1001', 'C-1002', 'C-1003'] as const;
const dayMs = 86_400_000;
let desk: AfterGenesis;

/** What becomes of each entry, in turn. */
const lives = ['proposed', 'cooling', 'usable', 'usable soon due', 'expired', 'removed', 'dropped'];

beforeAll(async () => {
  desk = await openAfterGenesis();
  const now = desk.context.clock().getTime();
  const by = desk.founders[0].actor.personId;
  await desk.owner.client.createMany({ data: clients.map((id) => ({ id })) });
  const ids = Array.from({ length: 126 }, (_, at) => ({ id: `d-${at}`, at }));
  const lifeOf = (at: number) => lives[at % lives.length] ?? '';
  const days = (count: number) => new Date(now + count * dayMs);
  await desk.owner.destination.createMany({
    data: ids.map(({ id, at }) => ({
      id,
      clientId: clients[at % 3] ?? clients[0],
      chain: 'solana:sandbox',
      asset: 'SOL',
      address: `Address${at}x`,
      label: `Entry ${at}`,
      class: at % 2 === 0 ? 'exchange' : 'client-wallet',
      state: 'proposed',
      expiresAt: days({ expired: -1, 'usable soon due': 20 }[lifeOf(at)] ?? 90),
    })),
  });
  const idsOf = (...wanted: string[]) =>
    ids.filter(({ at }) => wanted.includes(lifeOf(at))).map(({ id }) => id);
  const change = (wanted: string[], data: object) =>
    desk.owner.destination.updateMany({ where: { id: { in: idsOf(...wanted) } }, data });
  await change(['usable', 'usable soon due', 'expired', 'removed'], {
    state: 'listed',
    listedAt: days(-2),
    cooledAt: days(-1),
  });
  await change(['cooling'], { state: 'listed', listedAt: days(0), cooledAt: days(1) });
  await change(['removed'], { state: 'removed', removedAt: days(0), removedBy: by });
  await change(['dropped'], { state: 'removed' });
});
afterAll(() => desk.database.drop());

const browse = async (asked: Record<string, string>) =>
  valueOf(await listDestinationBook(desk.founders[0].actor, asked, desk.context));

describe('the book', () => {
  it('is read page by page, each address once, by client', async () => {
    const read: string[] = [];
    let after: string | null = '';
    for (let pages = 0; after !== null && pages < 5; pages += 1) {
      const page = await browse({ standing: 'all', after });
      expect(page.count).toBe(108);
      read.push(...page.rows.map(({ client, id }) => `${client} ${id}`));
      after = page.next;
    }
    expect(read).toHaveLength(108);
    expect(new Set(read).size).toBe(108);
    const order = read.map((row) => row.split(' ')[0]);
    expect(order).toEqual(order.toSorted((a = '', b = '') => (a < b ? -1 : 1)));
  });

  it('shows no removed address unless asked to, and never a proposal that came to nothing', async () => {
    const standings = async (standing: string) => {
      const { rows, count } = await browse({ standing, client: 'C-1001' });
      return { count, seen: [...new Set(rows.map((row) => row.standing))].toSorted() };
    };
    expect(await standings('')).toEqual({
      count: 30,
      seen: ['cooling', 'expired', 'proposed', 'usable'],
    });
    expect(await standings('removed')).toEqual({ count: 6, seen: ['removed'] });
    expect((await standings('all')).count).toBe(36);
  });

  it('is narrowed to one standing, which is the one that each row shows', async () => {
    for (const standing of ['proposed', 'cooling', 'usable', 'expired', 'removed']) {
      const { rows, count } = await browse({ standing });
      expect(count, standing).toBe(standing === 'usable' ? 36 : 18);
      expect(new Set(rows.map((row) => row.standing)), standing).toEqual(new Set([standing]));
    }
    const due = await browse({ standing: 'due' });
    expect(due.count).toBe(36);
    expect(due.rows.every(({ isDue }) => isDue)).toBe(true);
  });

  it('is narrowed to a client, a class, an asset and part of an address', async () => {
    const { rows } = await browse({
      client: 'C-1002',
      class: 'exchange',
      asset: 'SOL solana:sandbox',
    });
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect([row.client, row.class]).toEqual(['C-1002', 'exchange']);
    expect((await browse({ asset: 'SOL solana:mainnet' })).count).toBe(0);
    const found = await browse({ address: 'address16X', standing: 'all' });
    expect(found.rows.map(({ id }) => id)).toEqual(['d-16']);
  });

  it('is closed to who may read no operation', async () => {
    const { actor } = desk.founders[0];
    const blind = { ...actor, scopes: new Set<never>() };
    expect(await listDestinationBook(blind, {}, desk.context)).toMatchObject({
      refusal: { code: 'not-allowed' },
    });
  });
});
