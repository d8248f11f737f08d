import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deposit, move, raise } from '#lib/ledger/testing/books.ts';
import { SOL, until } from '#lib/sandbox/solana/testing/vault-fixture.ts';
import { expireOperations } from '../expire-operations.ts';
import {
  openChainDesk,
  rowOf,
  sendBlindly,
  sendOnPaper,
  untilFinal,
  type ChainDesk,
} from '../testing/chain-desk.ts';
import { failing, newRounds, patrol } from './loop.ts';
import { notYet } from './not-yet.ts';
import { Turns } from './turns.ts';

/** More than the worker takes on side by side, or ends in one pass. */
const many = 60;

let desk: ChainDesk;

beforeAll(async () => {
  desk = await openChainDesk(['C-1001', 'C-1002']);
  await deposit(desk.books, 'C-1001', 1_000n);
});
afterAll(() => desk.close());

/** Operations that stand signed without a signed transaction: each try at them fails. */
async function poison(count: number): Promise<string[]> {
  const { books } = desk;
  const ids = Array.from({ length: count }, () => randomUUID());
  for (const id of ids) {
    await raise(books, id, 'C-1001', 1n);
    await move(books.web, id, 'cosigned');
    for (const state of ['signing', 'signed']) await move(books.worker, id, state);
  }
  return ids;
}

describe('the worker', () => {
  it('takes an operation to its end behind many older ones that always fail, and names those', async () => {
    const poisoned = await poison(many);
    const sent = await sendOnPaper(desk, { client: 'C-1002', amount: SOL });
    await sendBlindly(desk, sent.transfer.bytes);
    await untilFinal(desk, sent.transfer.id);
    const rounds = newRounds(desk.context);
    await patrol(desk.context, rounds);
    await until('the healthy one is confirmed', async () => {
      return (await rowOf(desk, sent.operation)).state === 'confirmed';
    });
    expect(failing(rounds)).toEqual([]);
    // Two more tries each, as soon as their rests are over.
    for (const rest of [1_100, 2_100]) {
      desk.passTime(rest);
      await patrol(desk.context, rounds);
      await rounds.carrier.settled();
    }
    const named = failing(rounds);
    expect(named).toHaveLength(20);
    for (const name of named) expect(poisoned).toContain(name.replace('operation ', ''));
    // They rest now: a look in between does not try them again.
    await patrol(desk.context, rounds);
    await rounds.carrier.settled();
    expect(rounds.carrier.troubles().every(({ failures }) => failures === 3)).toBe(true);

    for (const id of poisoned) await move(desk.books.worker, id, 'held');
    await patrol(desk.context, rounds);
    expect(failing(rounds)).toEqual([]);
    await rounds.carrier.stop();
  });

  it('names a duty that fails each time it looks, although it does nothing in the passes between', async () => {
    const rounds = newRounds(desk.context);
    let pass = 0;
    const look = async () => {
      pass += 1;
      if (pass % 3 !== 0 && pass < 10) return Promise.resolve(notYet);
      if (pass < 10) throw new Error('A lock is held in the database.');
      return Promise.resolve();
    };
    const go = () => patrol(desk.context, rounds, undefined, [['lost incidents', look]]);
    for (let one = 0; one < 9; one += 1) await go();
    expect(failing(rounds)).toContain('lost incidents');
    await go();
    expect(failing(rounds)).not.toContain('lost incidents');
    await rounds.carrier.stop();
  });

  it('ends an operation whose time is over behind many that cannot be ended, and tries those ever less', async () => {
    const { owner } = desk.books;
    const stuck = Array.from({ length: many }, () => randomUUID());
    for (const id of stuck) await raise(desk.books, id, 'C-1001', 1n);
    // A revision that can't rise: no change of these rows goes through.
    await owner.$executeRaw`alter table operation disable trigger guarded`;
    await owner.operation.updateMany({
      where: { id: { in: stuck } },
      data: { revision: 2_147_483_647, expiresAt: new Date(0) },
    });
    await owner.$executeRaw`alter table operation enable trigger guarded`;
    const due = randomUUID();
    await raise(desk.books, due, 'C-1001', 1n);
    desk.passTime(24 * 3_600_000);
    const turns = new Turns();
    let ended = 0;
    for (let pass = 0; pass < 6; pass += 1) ended += await expireOperations(desk.context, turns);
    expect((await rowOf(desk, due)).state).toBe('expired');
    // Those of the test before, too.
    expect(ended).toBe(many + 1);
    for (const rest of [1_100, 2_100, 4_100]) {
      desk.passTime(rest);
      for (let pass = 0; pass < 2; pass += 1) await expireOperations(desk.context, turns);
    }
    expect(turns.troubles()).toHaveLength(many);
  });
});
