import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DataKeysError, type DataKeysFault, type ToOpen } from './data-keys.ts';
import { openEach } from './open-each.ts';

const item = (context: string, length = 60): ToOpen => ({
  context,
  sealed: new Uint8Array(length),
});

/** A service that opens all or says what is wrong, as the real one does. */
function service(bad: ReadonlySet<string>, fault: DataKeysFault = 'seal-broken') {
  const asked: number[] = [];
  return {
    asked,
    open: (items: readonly ToOpen[]) => {
      asked.push(items.length);
      if (items.some(({ context }) => bad.has(context)))
        return Promise.reject(new DataKeysError(fault, 'no'));
      return Promise.resolve(
        items.map(({ context }) => ({ state: 'open' as const, plain: Buffer.from(context) })),
      );
    },
  };
}

describe('values of which some are broken', () => {
  it('all others open, each in its place', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 60 }), async (isBad) => {
        const items = isBad.map((_, at) => item(`${at}`));
        const bad = new Set(isBad.flatMap((yes, at) => (yes ? [`${at}`] : [])));
        const opened = await openEach(service(bad), items);
        expect(
          opened.map((one) =>
            one.state === 'open' ? Buffer.from(one.plain).toString() : one.state,
          ),
        ).toEqual(isBad.map((yes, at) => (yes ? 'broken' : `${at}`)));
      }),
    );
  });

  it('one of many is found with few questions', async () => {
    const keys = service(new Set(['700']));
    await openEach(
      keys,
      Array.from({ length: 1_000 }, (_, at) => item(`${at}`)),
    );
    expect(keys.asked.length).toBeLessThan(25);
  });

  it('one that is longer than anything sealed is never sent, and many long ones go in several', async () => {
    const keys = service(new Set());
    const long = 1_000_000;
    const opened = await openEach(keys, [
      ...Array.from({ length: 20 }, () => item('long', long)),
      item('longer', 2_000_000),
    ]);
    expect(opened.map(({ state }) => state)).toEqual([
      ...Array.from({ length: 20 }, () => 'open'),
      'broken',
    ]);
    expect(Math.max(...keys.asked)).toBeLessThan(8);
  });
});

it.each<DataKeysFault>(['unavailable', 'not-allowed', 'key-unknown'])(
  'a service that says %s makes no value a broken one',
  async (fault) => {
    const keys = service(new Set(['1']), fault);
    await expect(openEach(keys, [item('0'), item('1')])).rejects.toThrow(DataKeysError);
  },
);
