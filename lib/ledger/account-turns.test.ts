import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inTurn } from './account-turns.ts';

/** Ends when the test says so. */
function heldWork<T>() {
  let end: (value: T) => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const done = new Promise<T>((resolve, reject) => {
    end = resolve;
    fail = reject;
  });
  let begun = false;
  return {
    work: (): Promise<T> => {
      begun = true;
      return done;
    },
    end: (value: T) => end(value),
    fail: (error: Error) => fail(error),
    begun: () => begun,
  };
}

const ticks = async (): Promise<void> => {
  for (let count = 0; count < 10; count += 1) await Promise.resolve();
};

describe('work on accounts', () => {
  it('begins at once where nothing is under way', () => {
    const first = heldWork<number>();
    void inTurn(['a'], first.work);
    expect(first.begun()).toBe(true);
    first.end(1);
  });

  it('waits for what was handed in before for the same account, and for nothing else', async () => {
    const [first, second, other] = [heldWork<number>(), heldWork<number>(), heldWork<number>()];
    const results = [
      inTurn(['a', 'b'], first.work),
      inTurn(['b', 'c'], second.work),
      inTurn(['d'], other.work),
    ];
    await ticks();
    expect([first.begun(), second.begun(), other.begun()]).toEqual([true, false, true]);
    first.end(1);
    await ticks();
    expect(second.begun()).toBe(true);
    second.end(2);
    other.end(3);
    expect(await Promise.all(results)).toEqual([1, 2, 3]);
  });

  it('goes on after one that failed, and only its own caller hears of it', async () => {
    const [first, second] = [heldWork<number>(), heldWork<number>()];
    const failed = inTurn(['a'], first.work);
    const went = inTurn(['a'], second.work);
    first.fail(new Error('lost'));
    await expect(failed).rejects.toThrow('lost');
    await ticks();
    second.end(2);
    expect(await went).toBe(2);
  });

  it('always ends, and never runs two for one account at once, whatever accounts are asked for', async () => {
    const accounts = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(accounts, { maxLength: 20 }), async (asked) => {
        const busy = new Set<string>();
        const order: number[] = [];
        await Promise.all(
          asked.map((names, index) =>
            inTurn(names, async () => {
              for (const name of names) {
                expect(busy.has(name)).toBe(false);
                busy.add(name);
              }
              await ticks();
              for (const name of names) busy.delete(name);
              order.push(index);
            }),
          ),
        );
        expect(order.length).toBe(asked.length);
      }),
      { numRuns: 100 },
    );
  });
});
