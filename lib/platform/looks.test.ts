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
  return { looks, ends };
}

describe('looks', () => {
  it('who asks during a look waits for one that began later, and all who do share it', async () => {
    const { looks, ends } = heldLooks();
    const first = looks.look();
    const asked = [looks.look(), looks.look()];
    expect(ends).toHaveLength(1);
    ends[0]?.resolve(undefined);
    await expect.poll(() => ends.length).toBe(2);
    ends[1]?.resolve(undefined);
    await Promise.all([first, ...asked]);
    expect(ends).toHaveLength(2);
  });

  it('a look that fails tells whoever waits, and the next begins anew', async () => {
    const { looks, ends } = heldLooks();
    const failed = looks.look();
    ends[0]?.reject(new Error('No database.'));
    await expect(failed).rejects.toThrow('No database.');
    await looks.settled();
    const next = looks.look();
    expect(ends).toHaveLength(2);
    ends[1]?.resolve(undefined);
    await next;
  });
});
