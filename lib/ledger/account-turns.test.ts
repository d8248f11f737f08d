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

  it('lets two be under way for an account; the third waits for the first, others for nothing', async () => {
    const held = [heldWork<number>(), heldWork<number>(), heldWork<number>(), heldWork<number>()];
    const asked = [['a', 'b'], ['b', 'c'], ['b'], ['d']];
    const results = held.map(({ work }, index) => inTurn(asked[index] ?? [], work));
    const begun = (): boolean[] => held.map((each) => each.begun());
    await ticks();
    expect(begun()).toEqual([true, true, false, true]);
    held[1]?.end(1);
    await ticks();
    expect(begun()).toEqual([true, true, false, true]);
    held[0]?.end(0);
    await ticks();
    expect(begun()).toEqual([true, true, true, true]);
    held[2]?.end(2);
    held[3]?.end(3);
    expect(await Promise.all(results)).toEqual([0, 1, 2, 3]);
  });

  it('goes on after one that failed, and only its own caller hears of it', async () => {
    const [first, second, third] = [heldWork<number>(), heldWork<number>(), heldWork<number>()];
    const failed = inTurn(['a'], first.work);
    const went = [inTurn(['a'], second.work), inTurn(['a'], third.work)];
    first.fail(new Error('lost'));
    await expect(failed).rejects.toThrow('lost');
    await ticks();
    expect(third.begun()).toBe(true);
    second.end(2);
    third.end(3);
    expect(await Promise.all(went)).toEqual([2, 3]);
  });

  it('is refused at once where a thousand wait already', async () => {
    const first = heldWork<number>();
    const waiting = Array.from({ length: 1_000 }, () => inTurn(['full'], first.work));
    await expect(inTurn(['full', 'b'], first.work)).rejects.toThrow('wait for the account full');
    expect(await Promise.race([inTurn(['b'], async () => 'free'), ticks()])).toBe('free');
    first.end(1);
    expect(await Promise.all(waiting)).toHaveLength(1_000);
  });

  it('always ends, and never runs three for one account at once, whatever accounts are asked for', async () => {
    const accounts = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(accounts, { maxLength: 20 }), async (asked) => {
        const busy = new Map<string, number>();
        let most = 0;
        const order: number[] = [];
        await Promise.all(
          asked.map((names, index) =>
            inTurn(names, async () => {
              for (const name of names) {
                const count = (busy.get(name) ?? 0) + 1;
                busy.set(name, count);
                most = Math.max(most, count);
              }
              await ticks();
              for (const name of names) busy.set(name, (busy.get(name) ?? 0) - 1);
              order.push(index);
            }),
          ),
        );
        expect(order.length).toBe(asked.length);
        expect(most).toBeLessThanOrEqual(2);
      }),
      { numRuns: 100 },
    );
  });
});
