import { describe, expect, it } from 'vitest';
import { compare } from './compare.ts';
import { inputsOf, itemOf } from './testing/make-inputs.ts';

const found = (...given: Parameters<typeof inputsOf>) =>
  compare(inputsOf(...given)).differences.map(({ cause, amount }) => [cause, amount]);
const young = { at: '2026-11-27T23:59:00.000Z' };

describe('what a run finds on a chain', () => {
  it('finds nothing where both sides tell the same transactions', () => {
    const outcome = compare(
      inputsOf(
        'chain',
        [
          itemOf('journal:1:1', 5n, { transaction: 'a' }),
          itemOf('journal:2:1', -2n, { transaction: 'b' }),
        ],
        [itemOf('b', -2n, { transaction: 'b' }), itemOf('a', 5n, { transaction: 'a' })],
      ),
    );
    expect(outcome).toMatchObject({ matched: 2, differences: [], difference: '0' });
  });

  it('names each cause of the decision table', () => {
    const a = { transaction: 'a' };
    expect(found('chain', [], [itemOf('a', -5n, a)])).toEqual([['missing-in-ledger', '-5']]);
    expect(found('chain', [], [itemOf('a', 5n, { ...a, ...young })])).toEqual([['timing', '5']]);
    expect(found('chain', [], [itemOf('a', -5n, { ...a, underWay: true })])).toEqual([
      ['timing', '-5'],
    ]);
    expect(found('chain', [itemOf('journal:1:1', 5n)], [])).toEqual([['missing-outside', '-5']]);
    expect(found('chain', [itemOf('journal:1:1', 5n, { ...a, position: '77' })], [])).toEqual([
      ['reorg', '-5'],
    ]);
    expect(found('chain', [itemOf('journal:1:1', 5n, a)], [itemOf('a', 7n, a)])).toEqual([
      ['amount', '2'],
    ]);
    expect(
      found(
        'chain',
        [itemOf('journal:1:1', 5n, a), itemOf('journal:2:1', 5n, a)],
        [itemOf('a', 5n, a)],
      ),
    ).toEqual([['duplicate', '-5']]);
    expect(found('chain', [], [], 3n)).toEqual([['unknown', '3']]);
  });

  it('matches nothing by amount alone', () => {
    expect(found('chain', [itemOf('journal:1:1', 5n)], [itemOf('x', 5n)])).toHaveLength(2);
  });

  it('takes a correction and what it corrects for one movement', () => {
    const a = { transaction: 'a' };
    const wrong = itemOf('journal:1:1', 7n, a);
    const correction = itemOf('journal:2:1', -2n, { corrects: '1' });
    expect(found('chain', [wrong, correction], [itemOf('a', 5n, a)])).toEqual([]);
    const undone = itemOf('journal:2:1', -7n, { corrects: '1' });
    expect(compare(inputsOf('chain', [undone, wrong], []))).toMatchObject({
      netted: 2,
      differences: [],
    });
  });

  it('takes a deposit, what took it back and its credit again for one movement, whichever of them is left to look at', () => {
    const a = { transaction: 'a' };
    const first = itemOf('journal:1:1', 7n, a);
    const back = itemOf('journal:2:1', -7n, { corrects: '1' });
    const again = itemOf('journal:3:1', 7n, { ...a, corrects: '2' });
    const backAgain = itemOf('journal:4:1', -7n, { corrects: '3' });
    const there = itemOf('a', 7n, a);
    expect(found('chain', [first, back, again], [there])).toEqual([]);
    expect(found('chain', [back, again], [])).toEqual([]);
    expect(found('chain', [again], [there])).toEqual([]);
    expect(found('chain', [first, back, again, backAgain], [])).toEqual([]);
    expect(found('chain', [again, backAgain], [])).toEqual([]);
    expect(found('chain', [back, again, backAgain], [])).toHaveLength(1);
  });

  it('refuses inputs that name an item twice', () => {
    expect(() => found('chain', [], [itemOf('a', 1n), itemOf('a', 1n)])).toThrow(/twice/);
  });
});

describe('what a run finds at a bank', () => {
  it('matches a sum by its reference, and single amounts within the window of days', () => {
    const r = { reference: 'batch-7' };
    const outcome = compare(
      inputsOf(
        'bank',
        [
          itemOf('journal:1:1', 2n, r),
          itemOf('journal:2:1', 3n, r),
          itemOf('journal:3:1', 9n, { at: '2026-11-20T00:00:00.000Z' }),
          itemOf('journal:4:1', 8n, { at: '2026-11-10T00:00:00.000Z' }),
        ],
        [
          itemOf('entry:1', 5n, r),
          itemOf('entry:2', 9n, { at: '2026-11-23T00:00:00.000Z' }),
          itemOf('entry:3', 8n, { at: '2026-11-14T00:00:00.000Z' }),
        ],
      ),
    );
    expect(outcome.matched).toBe(2);
    expect(outcome.differences.map(({ cause }) => cause).toSorted()).toEqual([
      'missing-in-ledger',
      'missing-outside',
    ]);
  });

  it('pairs what is short by a fee where a rule allows it, and shows the fee as a difference', () => {
    const given = inputsOf('bank', [itemOf('journal:1:1', 100n)], [itemOf('entry:1', 98n)]);
    const rules = [{ name: 'with fee', by: 'amount', days: 1, feeTolerance: '2' }] as const;
    const outcome = compare({ ...given, rules });
    expect(outcome.differences.map(({ cause, amount }) => [cause, amount])).toEqual([
      ['fee', '-2'],
    ]);
  });
});
