import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AssetHold } from './asset-hold.ts';
import { notCompared, notListed, stillFits } from './chain-decision-rules.ts';
import { areSaid, saidPlaces } from './chain-decision-statement.ts';
import type { HeldChain } from './held-chain.ts';

const place = fc
  .constantFrom('BTC', 'ETH', 'SOL')
  .chain((asset) => fc.nat(6).map((vault) => `${asset} of hot-${vault}`));
const places = fc.uniqueArray(place, { maxLength: 12 });
const kind = fc.constantFrom('go-on', 'go-on-uncompared', 'read-anew');
const at = (milliseconds: number) => new Date(1_800_000_000_000 + milliseconds);

const hold = (id: string): AssetHold => ({
  id,
  chain: 'solana:sandbox',
  asset: null,
  reason: 'chain-reorganised',
  detail: 'checkpoint-gone',
  heldAt: at(0),
  incident: 'INC-2026-000001',
});
const held = (missing: readonly string[], changedAt: Date | null = null): HeldChain => ({
  hold: hold('newest'),
  ground: hold('newest'),
  changedAt,
  places: missing.map((words) => ({ words, comparedAt: at(-1) })),
});

describe('a decision about a chain', () => {
  it('lets it go on only with every place compared or left out by name', () => {
    fc.assert(
      fc.property(kind, places, places, (of, missing, named) => {
        const fits = stillFits(
          { kind: of, holdId: 'newest', foundAt: null, places: named },
          held(missing),
        );
        const leftOut = of === 'go-on' ? [] : named;
        expect(fits).toBe(of === 'read-anew' || missing.every((one) => leftOut.includes(one)));
      }),
    );
  });

  it('fits no hold but its own, and nothing that was found but what its words name', () => {
    const moment = fc.option(fc.integer({ min: 0, max: 3 }).map(at));
    fc.assert(
      fc.property(kind, places, moment, moment, (of, named, foundAt, changed) => {
        const decision = { kind: of, foundAt, places: named };
        const now = held([], changed);
        expect(stillFits({ ...decision, holdId: 'earlier' }, now)).toBe(false);
        const fits = stillFits({ ...decision, holdId: 'newest' }, now);
        expect(fits).toBe(changed?.getTime() === foundAt?.getTime());
      }),
    );
  });

  it('that is taken from whoever agrees fits for the worker as well', () => {
    fc.assert(
      fc.property(kind, places, places, (of, missing, named) => {
        const open = { id: 'one', firstBy: 'p-a', firstAt: at(5), places: named };
        const decision = { kind: of, holdId: 'newest', foundAt: null, places: named };
        if (notCompared(of, missing, open) === null)
          expect(stillFits(decision, held(missing))).toBe(true);
      }),
    );
  });
});

describe('places', () => {
  it('that are more than one decision can name are left out by none', () => {
    const many = (count: number) => Array.from({ length: count }, (_, at) => `SOL of hot-${at}`);
    const all = many(2_001);
    expect(notCompared('go-on-uncompared', all.slice(1), null)).toBeNull();
    expect(notCompared('go-on-uncompared', all, null)).toMatchObject({
      refusal: { code: 'too-many-places' },
    });
    const decision = { kind: 'go-on-uncompared', holdId: 'newest', foundAt: null } as const;
    expect(stillFits({ ...decision, places: all.slice(1) }, held(all.slice(1)))).toBe(true);
    expect(stillFits({ ...decision, places: all }, held(all))).toBe(false);
  });

  it('are listed whole by whoever asks, in whatever order', () => {
    fc.assert(
      fc.property(places, places, (listed, missing) => {
        const isSame = listed.toSorted().join() === missing.toSorted().join();
        expect(notListed(listed, missing) === null).toBe(isSame);
      }),
    );
  });

  it('are said as they stand in the row, in their order, and as no other list', () => {
    fc.assert(
      fc.property(places, places, (some, others) => {
        expect(areSaid(saidPlaces(some), some)).toBe(true);
        expect(areSaid(saidPlaces(some), others)).toBe(some.join('\n') === others.join('\n'));
      }),
    );
  });
});
