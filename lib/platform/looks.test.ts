import { describe, expect, it } from 'vitest';
import { Looks } from './looks.ts';

/** Looks that end when they are told to, in the order in which they began. */
function heldLooks() {
  const ends: PromiseWithResolvers<undefined>[] = [];
  const looks = new Looks(async () => {
    const end = Promise.withResolvers<undefined>();
    ends.push(end);
    await end.promise;
  });
  const end = async (which: number): Promise<void> => {
    await expect.poll(() => ends.length).toBeGreaterThan(which);
    ends[which]?.resolve(undefined);
  };
  return { looks, ends, end };
}

describe('looks', () => {
  it('who asks during a look waits for one that began later, and all who do share it', async () => {
    const { looks, ends, end } = heldLooks();
    const first = looks.look();
    const asked = [looks.look(), looks.look()];
    expect(ends).toHaveLength(1);
    await end(0);
    await first;
    await end(1);
    await Promise.all(asked);
    expect(ends).toHaveLength(2);
  });

  it('who asks waits for that one alone, however often others ask meanwhile', async () => {
    const { looks, ends, end } = heldLooks();
    void looks.look();
    const asked = looks.look();
    await end(0);
    await expect.poll(() => ends.length).toBe(2);
    const others = looks.look();
    await end(1);
    await asked;
    await end(2);
    await others;
    expect(ends).toHaveLength(3);
  });

  it.each([0, 1, 2, 3, 4, 5])(
    'who asks %i turns of the queue after a look has ended gets one that began later',
    async (turns) => {
      let began = 0;
      const { promise, resolve } = Promise.withResolvers<undefined>();
      const looks = new Looks(async () => {
        began += 1;
        if (began === 1) await promise;
      });
      void looks.look();
      resolve(undefined);
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
      const before = began;
      await looks.look();
      expect(began - before).toBe(1);
    },
  );

  it('are one at a time, also where whoever waited for one asks again at once', async () => {
    let under = 0;
    let most = 0;
    const looks = new Looks(async () => {
      under += 1;
      most = Math.max(most, under);
      await new Promise(setImmediate);
      under -= 1;
    });
    const first = looks.look();
    const again = first.then(async () => looks.look());
    const asked = looks.look();
    await Promise.all([first, again, asked]);
    await looks.settled();
    expect([most, under]).toEqual([1, 0]);
  });

  it('a look that fails tells whoever waits for it, and the next begins all the same', async () => {
    const { looks, ends, end } = heldLooks();
    const failed = looks.look();
    const next = looks.look();
    ends[0]?.reject(new Error('No database.'));
    await expect(failed).rejects.toThrow('No database.');
    await end(1);
    await next;
    await looks.settled();
    expect(ends).toHaveLength(2);
  });
});
