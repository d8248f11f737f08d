import { describe, expect, it } from 'vitest';
import { defaultPolicy } from '#lib/operations/default-policy.ts';
import {
  addCondition,
  addRule,
  insertRule,
  moveRule,
  presentConditions,
  removeCondition,
  removeRule,
} from './edit-form.ts';
import { formOf } from './policy-form.ts';
import { readRule } from './read-rule.ts';

const form = formOf(defaultPolicy('sample', 'sandbox'));
const ids = (of: typeof form) => of.rules.map(({ id }) => id);

describe('rules of a form', () => {
  it('move by one place and stay at the ends', () => {
    const [first = '', second = ''] = form.rules.map(({ key }) => key);
    expect(ids(moveRule(form, second, -1)).slice(0, 2)).toEqual(ids(form).slice(0, 2).toReversed());
    expect(moveRule(form, first, -1)).toBe(form);
    expect(ids(moveRule(moveRule(form, first, 1), first, -1))).toEqual(ids(form));
  });

  it('come back where they were', () => {
    const [, second] = form.rules;
    if (!second) throw new Error('The sample has rules.');
    expect(ids(insertRule(removeRule(form, second.key), second, 1))).toEqual(ids(form));
  });

  it('are added last, under ids of their own, and ask for the floor', () => {
    let grown = form;
    for (let count = 0; count < 3; count += 1) grown = addRule(grown).form;
    grown = addRule(removeRule(grown, grown.rules[0]?.key ?? '')).form;
    expect(new Set(ids(grown)).size).toBe(grown.rules.length);
    expect(new Set(grown.rules.map(({ key }) => key)).size).toBe(grown.rules.length);
    const added = grown.rules.at(-1);
    expect(added && readRule({ ...added, name: 'New' })).toMatchObject({ ok: true });
  });
});

describe('conditions of a rule', () => {
  it('bring their asset along where an amount is compared', () => {
    expect(addCondition({}, 'velocity', 'SOL')).toMatchObject({ asset: ['SOL'] });
    expect(addCondition({ asset: ['BTC'] }, 'amount', 'SOL')).toEqual({
      asset: ['BTC'],
      amount: '',
    });
    expect(addCondition({}, 'tier', 'SOL')).toEqual({ tier: [] });
  });

  it('stand in one order and go again', () => {
    const when = addCondition(addCondition({}, 'risk', undefined), 'amount', 'SOL');
    expect(presentConditions(when)).toEqual(['asset', 'amount', 'risk']);
    expect(presentConditions(removeCondition(when, 'amount'))).toEqual(['asset', 'risk']);
  });
});
