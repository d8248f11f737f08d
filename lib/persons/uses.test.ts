import { describe, expect, it } from 'vitest';
import { objectionOn, restrictionOn, type Restriction } from './restrictions.ts';
import { supersededBy } from './superseded.ts';
import { fieldNames, fieldOf } from './field-map.ts';
import { ruleOf, useGroundNames, useNames } from './uses.ts';

const restriction = (more: Partial<Restriction> = {}): Restriction => ({
  id: 'one',
  fields: [],
  ground: 'accuracy',
  allows: useGroundNames,
  since: '2026-06-05T10:00:00.000Z',
  ...more,
});

describe('while processing is restricted', () => {
  it.each(useNames)(
    'the use “%s” goes on exactly where it has a ground of Article 18(2)',
    (use) => {
      const { ground } = ruleOf(use);
      expect(restrictionOn([restriction()], 'email', use) === null).toBe(ground !== null);
      expect(restrictionOn([restriction({ allows: ['consent'] })], 'email', use) === null).toBe(
        ground === 'consent' || ground === 'storage',
      );
      expect(restrictionOn([], 'email', use)).toBe(null);
    },
  );

  it('other fields than those that are named are used as before, and the strictest of several counts', () => {
    const some = restriction({ fields: ['email'] });
    expect(restrictionOn([some], 'full-name', 'operation')).toBe(null);
    expect(restrictionOn([some], 'email', 'operation')).toEqual({
      since: some.since,
      ground: 'accuracy',
    });
    const strict = restriction({ ground: 'claims', allows: ['consent'] });
    expect(restrictionOn([restriction(), strict], 'email', 'claim')?.ground).toBe('claims');
  });
});

describe('an objection that was granted', () => {
  const interest = new Date('2026-06-05T10:00:00Z');
  const stops = { marketing: null, interest, objected: new Map<string, Date>() };

  it('stops what is done of our own accord with data of the activity that was objected to', () => {
    const objected = { ...stops, objected: new Map([['contact', interest]]) };
    expect(objectionOn(objected, 'email', ['client'], 'message')).toEqual({
      since: interest.toISOString(),
      ground: 'objection',
    });
    expect(objectionOn(objected, 'full-name', ['client'], 'message')).toBe(null);
    for (const use of ['custody', 'operation', 'complaint', 'aml-monitoring'] as const)
      expect(objectionOn(objected, 'email', ['client'], use)).toBe(null);
    expect(objectionOn(stops, 'email', ['client'], 'message')).toBe(null);
  });

  it('stops what rests on our interest, and nothing that rests on law or contract', () => {
    expect(objectionOn(stops, 'full-name', ['operator'], 'colleague-name')?.ground).toBe(
      'objection',
    );
    expect(objectionOn(stops, 'full-name', ['client'], 'colleague-name')).toBe(null);
    expect(objectionOn(stops, 'full-name', ['operator'], 'claim')).toBe(null);
    expect(objectionOn({ ...stops, interest: null }, 'email', ['operator'], 'message')).toBe(null);
  });
});

it('an earlier value stays only where a law asks what was known', () => {
  const stays = fieldNames.filter((name) => supersededBy(fieldOf(name)).stays);
  expect(stays).toContain('full-name');
  expect(stays).not.toContain('email');
  expect(stays).not.toContain('marketing-consent');
});
