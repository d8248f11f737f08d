import { describe, expect, it } from 'vitest';
import type { FactEntry } from '#lib/incidents/desk/event.ts';
import type { Question } from './questions.ts';
import { entryOf, noneBox, typedOf, valueOf } from './typed-answer.ts';

const asked = (
  kind: Question['kind'],
  value: FactEntry['value'] = null,
  none: string | null = null,
) => ({ kind, none, standing: { value, estimated: false, evidence: null } });

describe('an answer in the fields of a form', () => {
  it('is exact as typed, and nothing typed is not known', () => {
    expect(valueOf(asked('text'), ' 100000.01 ')).toBe('100000.01');
    expect(valueOf(asked('text', '5'), '')).toBeNull();
    expect(valueOf(asked('yes-no'), 'no')).toBe(false);
    expect(valueOf(asked('yes-no', true), '')).toBeNull();
  });

  it('of a time is sent in UTC, and keeps its seconds where it was not changed', () => {
    const stands = asked('time', '2026-11-28T10:00:42.500Z');
    expect(typedOf(stands, stands.standing.value)).toBe('2026-11-28T10:00');
    expect(valueOf(stands, '2026-11-28T10:00')).toBe('2026-11-28T10:00:42.500Z');
    expect(valueOf(stands, '2026-11-28T10:01')).toBe('2026-11-28T10:01:00Z');
  });

  it('tells none of the choices from not known', () => {
    const none = asked('checks', [], 'None of them');
    expect(typedOf(none, [])).toEqual([noneBox]);
    expect(valueOf(none, [])).toBeNull();
    expect(valueOf(asked('checks', null, 'None of them'), [noneBox])).toEqual([]);
    expect(valueOf(asked('checks'), ['DE', 'FR'])).toEqual(['DE', 'FR']);
  });

  it('is saved only where it says something else than what stands', () => {
    const stands = asked('text', '9');
    expect(entryOf(stands, {})).toBeNull();
    expect(entryOf(stands, { typed: '9' })).toBeNull();
    expect(entryOf(stands, { estimated: true })).toEqual({
      value: '9',
      estimated: true,
      evidence: null,
    });
    expect(entryOf(stands, { evidence: 4 })).toMatchObject({ evidence: 4 });
  });
});
