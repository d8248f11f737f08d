import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { causes } from '../matching/cause.ts';
import { bornOpen, stepBreak, type BreakEvent, type BreakLife } from './lifecycle.ts';

const isLong = process.env['COUNTERSIGN_LONG_TESTS'] !== undefined;
const runs = isLong ? 100_000 : 1_000;

const person = fc.constantFrom('p-a', 'p-b', 'p-c');
const event: fc.Arbitrary<BreakEvent> = fc.oneof(
  fc.record({
    what: fc.constant('found' as const),
    cause: fc.constantFrom(...causes),
    content: fc.constantFrom('one', 'two'),
  }),
  fc.constant({ what: 'matched' as const }),
  fc.constant({ what: 'unproved' as const }),
  fc.record({ what: fc.constant('taken' as const), by: person }),
  fc.record({
    what: fc.constant('proposed' as const),
    proposal: fc.record({
      by: person,
      how: fc.constantFrom('correction' as const, 'explanation' as const),
      journal: fc.constantFrom(null, '7'),
    }),
  }),
  fc.record({
    what: fc.constantFrom('withdrawn' as const, 'declined' as const, 'accepted' as const),
    by: person,
  }),
);

/** Every step that was taken, with the life before and after it. */
function live(events: readonly BreakEvent[]) {
  let life: BreakLife = bornOpen('unknown', 'one');
  return events.flatMap((one) => {
    const before = life;
    const next = stepBreak(before, one);
    if (!next.ok) return [];
    life = next.value;
    return [{ before, event: one, after: life }];
  });
}

/** For each property; the long form of one takes minutes. */
const timeout = isLong ? 20 * 60_000 : 30_000;

describe('the life of a break', { timeout }, () => {
  it('ends by a match, or by somebody else than who proposed it accepting, and by nothing else', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        for (const { before, event: one, after } of live(events)) {
          if (before.state === 'closed' || after.state !== 'closed') continue;
          expect(['matched', 'accepted']).toContain(one.what);
          if (one.what === 'matched') expect(after.closedBy).toBe('match');
          if (one.what !== 'accepted') continue;
          expect(before.proposal?.by).not.toBe(one.by);
          expect(after.closedBy).toBe(before.proposal?.how);
        }
      }),
      { numRuns: runs },
    );
  });

  it('opens again only by a run, and always when the difference is another than the accepted one or nobody signed the closing', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        for (const { before, event: one, after } of live(events)) {
          if (before.state !== 'closed') continue;
          if (one.what === 'unproved')
            expect(after.state).toBe(before.closedBy === 'match' ? 'closed' : 'open');
          else if (one.what !== 'found') expect(after).toEqual(before);
          else {
            const stays = before.closedBy === 'explanation' && before.content === one.content;
            expect(after.state).toBe(stays ? 'closed' : 'open');
          }
        }
      }),
      { numRuns: runs },
    );
  });

  it('has a proposal exactly while it is proposed, and a closing exactly while it is closed', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        for (const { after } of live(events)) {
          expect(after.proposal !== null).toBe(after.state === 'proposed');
          expect(after.closedBy !== null).toBe(after.state === 'closed');
        }
      }),
      { numRuns: runs },
    );
  });

  it('keeps no proposal about a difference that has changed since', () => {
    const proposal = { by: 'p-a', how: 'explanation', journal: null } as const;
    const proposed = stepBreak(bornOpen('amount', 'one'), { what: 'proposed', proposal });
    if (!proposed.ok) throw new Error('refused');
    const changed = stepBreak(proposed.value, { what: 'found', cause: 'amount', content: 'two' });
    expect(changed).toMatchObject({ ok: true, value: { state: 'open', proposal: null } });
  });

  it('says by name why it can’t be explained while the other side may still come', () => {
    const proposal = { by: 'p-a', how: 'explanation', journal: null } as const;
    expect(stepBreak(bornOpen('timing', 'one'), { what: 'proposed', proposal })).toMatchObject({
      refusal: { code: 'still-timing' },
    });
  });
});
