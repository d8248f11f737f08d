import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  depthOf,
  judgeDeposits,
  moveCheckpoint,
  type DepositEvent,
  type DepositState,
  type Sight,
} from './deposits.ts';
import type { HistoryEntry } from './source.ts';

/** A chain as a list of blocks, each with the numbers of the payments in it. */
type ModelBlock = { hash: string; payments: readonly number[] };
type Model = readonly ModelBlock[];

/** What happens next: some blocks are taken off, and more than those are put on. */
type Step = { off: number; on: readonly (readonly number[])[] };

const PAYMENTS = 6;
const FIRST: Model = [{ hash: 'genesis', payments: [] }];
const idOf = (payment: number): string => payment.toString().padStart(64, '0');
const amountOf = (payment: number): bigint => BigInt(payment + 1) * 1_000n;

const step: fc.Arbitrary<Step> = fc
  .record({
    off: fc.nat({ max: 4 }),
    on: fc.array(fc.uniqueArray(fc.nat({ max: PAYMENTS - 1 }), { maxLength: 2 }), {
      minLength: 1,
      maxLength: 6,
    }),
  })
  .filter(({ off, on }) => on.length > off);

let lastHash = 0;
function take(chain: Model, { off, on }: Step): Model {
  const kept = chain.slice(0, Math.max(1, chain.length - off));
  const there = new Set(kept.flatMap(({ payments }) => payments));
  const blocks = on.map((payments) => {
    lastHash += 1;
    const fresh = payments.filter((payment) => !there.has(payment));
    for (const payment of fresh) there.add(payment);
    return { hash: `block-${lastHash}`, payments: fresh };
  });
  return [...kept, ...blocks];
}

function look(chain: Model, state: DepositState): Sight {
  const hashOf = (height: number): string | null => chain[height]?.hash ?? null;
  const entries = chain.flatMap(({ hash, payments }, height) =>
    payments.map((payment): HistoryEntry => ({
      txid: idOf(payment),
      block: { height, hash },
      received: [{ vout: 0, amount: amountOf(payment) }],
    })),
  );
  return {
    tip: { height: chain.length - 1, hash: hashOf(chain.length - 1) ?? '' },
    checkpointHash: hashOf(state.checkpoint.height),
    hashAt: new Map(
      [...state.deposits, ...entries].flatMap(({ block }) =>
        block ? [[block.height, hashOf(block.height)] as const] : [],
      ),
    ),
    entries: entries.filter(({ block }) => (block?.height ?? 0) > state.checkpoint.height),
  };
}

const start: DepositState = { checkpoint: { height: 0, hash: 'genesis' }, deposits: [] };

/** What an account book that acts on the events holds. */
class Book {
  readonly credits = new Map<string, number>();

  act(events: readonly DepositEvent[]): void {
    for (const { event, deposit } of events) {
      const now = this.credits.get(deposit.txid) ?? 0;
      if (event === 'confirmed') this.credits.set(deposit.txid, now + 1);
      if (event === 'reversed') this.credits.set(deposit.txid, now - 1);
      if (![0, 1].includes(this.credits.get(deposit.txid) ?? 0))
        throw new Error(`${deposit.txid} credited or taken back twice`);
    }
  }

  held(): string[] {
    return [...this.credits]
      .filter(([, count]) => count === 1)
      .map(([txid]) => txid)
      .sort();
  }
}

const deepIn = (chain: Model, depth: number): string[] =>
  chain
    .flatMap(({ payments }, height) =>
      depthOf({ height, hash: '' }, { height: chain.length - 1, hash: '' }) >= depth
        ? payments.map(idOf)
        : [],
    )
    .sort();

const judged = (chain: Model, state: DepositState, depth: number) => {
  const judgement = judgeDeposits(state, look(chain, state), depth);
  if (judgement.verdict !== 'judged') throw new Error(judgement.reason);
  return judgement;
};

describe('over any history of blocks and reorganizations', () => {
  it('what is credited is exactly what lies deep enough on the chain, once each', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 12 }),
        fc.integer({ min: 1, max: 5 }),
        (steps, depth) => {
          const book = new Book();
          let state = start;
          let chain = FIRST;
          for (const each of steps) {
            chain = take(chain, each);
            const judgement = judged(chain, state, depth);
            book.act(judgement.events);
            state = judgement.state;
            expect(book.held()).toEqual(deepIn(chain, depth));
          }
        },
      ),
    );
  });

  it('how often one looks in between makes no difference', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(step, fc.boolean()), { maxLength: 10 }), (steps) => {
        const [often, seldom] = [new Book(), new Book()];
        let [one, two] = [start, start];
        let chain = FIRST;
        const lookOften = (): void => {
          const judgement = judged(chain, one, 3);
          often.act(judgement.events);
          one = judgement.state;
        };
        for (const [each, isLooked] of [...steps, [{ off: 0, on: [[]] }, true] as const]) {
          chain = take(chain, each);
          lookOften();
          lookOften();
          if (!isLooked) continue;
          const judgement = judged(chain, two, 3);
          seldom.act(judgement.events);
          two = judgement.state;
        }
        expect(seldom.held()).toEqual(often.held());
        expect(two).toEqual(one);
      }),
    );
  });

  it('a node that lags neither takes anything back nor makes it count twice', () => {
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 1, maxLength: 8 }),
        fc.nat({ max: 6 }),
        (steps, lag) => {
          let state = start;
          let chain = FIRST;
          for (const each of steps) {
            chain = take(chain, each);
            ({ state } = judged(chain, state, 2));
          }
          const late = chain.slice(0, Math.max(1, chain.length - lag));
          const judgement = judgeDeposits(state, look(late, state), 2);
          if (judgement.verdict !== 'judged') return;
          expect(judgement.events).toEqual([]);
          // Nor is anything credited again when it has caught up.
          expect(judged(chain, judgement.state, 2).events).toEqual([]);
        },
      ),
    );
  });

  it('a checkpoint that moves up changes nothing that is credited above it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.nat({ max: 5 }), { maxLength: 1 }), { maxLength: 12 }),
        (on) => {
          const chain = take(FIRST, { off: 0, on: [[], ...on] });
          const { state } = judged(chain, start, 2);
          const height = Math.max(0, chain.length - 3);
          const moved = moveCheckpoint(state, { height, hash: chain[height]?.hash ?? '' });
          const after = judged(take(chain, { off: 0, on: [[]] }), moved, 2);
          expect(after.events.filter(({ event }) => event === 'reversed')).toEqual([]);
          expect(after.state.deposits.every(({ block }) => block.height > height)).toBe(true);
        },
      ),
    );
  });
});

describe('it holds instead of guessing', () => {
  const chain = take(FIRST, { off: 0, on: [[0], [], [1]] });
  const { state } = judged(chain, start, 2);

  it.each<[string, (sight: Sight) => Sight, string]>([
    [
      'when the tip is below what was seen',
      (sight) => ({ ...sight, tip: { height: 1, hash: '' } }),
      'tip-behind',
    ],
    [
      'when the checkpoint is not on the chain',
      (sight) => ({ ...sight, checkpointHash: 'other' }),
      'checkpoint-gone',
    ],
    [
      'when a block is there and its deposit is not listed',
      (sight) => ({ ...sight, entries: sight.entries.slice(1) }),
      'answers-contradict',
    ],
    [
      'when a deposit is listed in a block that is gone',
      (sight) => ({
        ...sight,
        hashAt: new Map([...sight.hashAt].map(([height]) => [height, 'other'])),
      }),
      'answers-contradict',
    ],
    [
      'when a new deposit is listed in a block that is not on the chain',
      (sight) => ({
        ...sight,
        entries: [
          ...sight.entries,
          { txid: idOf(5), block: { height: 2, hash: 'x' }, received: [{ vout: 0, amount: 1n }] },
        ],
      }),
      'answers-contradict',
    ],
    [
      'when a hash that was needed is missing',
      (sight) => ({ ...sight, hashAt: new Map() }),
      'answers-contradict',
    ],
    [
      'when an amount is another one than before',
      (sight) => ({
        ...sight,
        entries: sight.entries.map((entry) => ({
          ...entry,
          received: [{ vout: 0, amount: 7n }],
        })),
      }),
      'answers-contradict',
    ],
    [
      'when something is listed twice',
      (sight) => ({ ...sight, entries: [...sight.entries, ...sight.entries] }),
      'answers-contradict',
    ],
    [
      'when something is listed above the tip',
      (sight) => ({
        ...sight,
        entries: [
          ...sight.entries,
          { txid: idOf(5), block: { height: 9, hash: '' }, received: [{ vout: 0, amount: 1n }] },
        ],
      }),
      'answers-contradict',
    ],
  ])('%s', (_name, change, reason) => {
    expect(judgeDeposits(state, change(look(chain, state)), 2)).toEqual({
      verdict: 'hold',
      reason,
    });
  });

  it('a checkpoint does not pass a deposit that is not credited', () => {
    expect(() => moveCheckpoint(state, { height: 3, hash: '' })).toThrow(RangeError);
  });
});
